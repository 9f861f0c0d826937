package io.miniredis.app;

import java.util.Map;
import java.util.Set;

/** A server to be compared with another one, whose clock stands still until it is moved. */
interface Rival extends AutoCloseable {
    /** What the clock shows when a sequence begins. */
    long START_MILLIS = 1_700_000_000_123L;

    /** Begins anew: without keys and clients, and with the clock at {@link #START_MILLIS}. */
    void begin(boolean resp3) throws Exception;

    /**
     * Lets something happen.
     *
     * @param awaited clients that are to have a reply by then: they are waited for, but not forever
     * @return who has received what because of it
     */
    Map<Integer, RawReply> perform(Step step, Set<Integer> awaited) throws Exception;

    /** Whether a client waits for the reply to a command, and so can not say another. */
    boolean isWaiting(int client);

    @Override
    void close();
}
