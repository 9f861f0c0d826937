package io.miniredis.engine;

import io.miniredis.api.transport.RequestBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What a client has queued since MULTI: copies of its requests. Confined to the client's thread. */
final class Transaction {
    private final RequestBatch requests = new RequestBatch();
    private final List<Command> commands = new ArrayList<>();

    /** What the transactions of all clients occupy. */
    private final LongAdder sum;

    private boolean aborted;
    private long neededBytes;
    private boolean denyOom;
    private boolean reachesAll;
    private boolean mayWrite;

    Transaction(LongAdder sum) {
        this.sum = sum;
        sum.add(bytes());
    }

    /** @param needs how much memory the command needs, as far as its request tells */
    void queue(Command command, RequestBatch batch, int request, long needs) {
        long before = bytes();
        requests.addCopy(batch, request);
        sum.add(bytes() - before);
        commands.add(command);
        neededBytes += needs;
        denyOom |= command.denyOom;
        reachesAll |= command.reachesAll;
        mayWrite |= Pause.mayWrite(command);
    }

    /** Says that the client has no use for it any more. */
    void forget() {
        sum.add(-bytes());
    }

    /** Notes that a request was refused, so that none will run. */
    void abort() {
        aborted = true;
    }

    boolean isAborted() {
        return aborted;
    }

    /** Whether a command is among them that needs memory. */
    boolean needsMemory() {
        return denyOom;
    }

    /** How much memory those commands need, as far as their requests tell. */
    long neededBytes() {
        return neededBytes;
    }

    /** Whether a command is among them that may look at keys that it does not declare. */
    boolean reachesAll() {
        return reachesAll;
    }

    /** Whether a command is among them that may change anything. */
    boolean mayWrite() {
        return mayWrite;
    }

    int size() {
        return commands.size();
    }

    Command command(int request) {
        return commands.get(request);
    }

    RequestBatch requests() {
        return requests;
    }

    /** What the copies occupy. */
    long bytes() {
        return requests.buffer().length;
    }
}
