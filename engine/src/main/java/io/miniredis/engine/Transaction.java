package io.miniredis.engine;

import io.miniredis.api.transport.RequestBatch;
import java.util.ArrayList;
import java.util.List;

/** What a client has queued since MULTI: copies of its requests. Confined to the client's thread. */
final class Transaction {
    private final RequestBatch requests = new RequestBatch();
    private final List<Command> commands = new ArrayList<>();
    private boolean aborted;
    private long neededBytes;
    private boolean denyOom;
    private boolean reachesAll;
    private boolean mayWrite;

    /** @param needs how much memory the command needs, as far as its request tells */
    void queue(Command command, RequestBatch batch, int request, long needs) {
        requests.addCopy(batch, request);
        commands.add(command);
        neededBytes += needs;
        denyOom |= command.denyOom;
        reachesAll |= command.reachesAll;
        mayWrite |= Pause.mayWrite(command);
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
