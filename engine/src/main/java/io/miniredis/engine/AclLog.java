package io.miniredis.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What clients were refused lately, for ACL LOG; the same refusal within a minute is one entry that counts. Thread-safe. */
final class AclLog {
    private static final long SAME_MILLIS = 60_000;

    /** Only so many of the last entries are looked at for the same refusal. */
    private static final int LOOKED_AT = 10;

    /**
     * A refusal.
     *
     * @param count how often
     * @param reason {@code command}, {@code key}, {@code channel} or {@code auth}
     * @param context {@code toplevel}, {@code multi} or {@code module}
     * @param object what was refused: the command, the key, the channel; of {@code auth}, the command that failed
     * @param user the user's name, or the one that was tried
     * @param millis when it happened last
     * @param client as CLIENT LIST shows it
     */
    record Entry(long count, String reason, String context, String object, String user, long millis, String client) {
        private boolean isSame(Entry later) {
            return reason.equals(later.reason)
                    && context.equals(later.context)
                    && later.millis - millis <= SAME_MILLIS
                    && object.equals(later.object)
                    && user.equals(later.user);
        }

        private Entry again(Entry later) {
            return new Entry(count + 1, reason, context, object, user, later.millis, later.client);
        }
    }

    private final Settings settings;

    /** The last one first. */
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    AclLog(Settings settings) {
        this.settings = settings;
    }

    synchronized void add(Entry entry) {
        entries.addFirst(withEarlier(entry));
        long most = settings.number("acllog-max-len");
        while (entries.size() > most) {
            entries.removeLast();
        }
    }

    private Entry withEarlier(Entry entry) {
        Iterator<Entry> earlier = entries.iterator();
        for (int i = 0; i < LOOKED_AT && earlier.hasNext(); i++) {
            Entry candidate = earlier.next();
            if (candidate.isSame(entry)) {
                earlier.remove();
                return candidate.again(entry);
            }
        }
        return entry;
    }

    /** The last so many, the very last first. */
    synchronized List<Entry> last(long count) {
        return new ArrayList<>(entries).subList(0, (int) Math.min(Math.max(0, count), entries.size()));
    }

    synchronized void clear() {
        entries.clear();
    }
}
