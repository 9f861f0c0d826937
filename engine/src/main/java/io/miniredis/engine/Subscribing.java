package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.Slice;
import io.miniredis.engine.PubSub.Kind;
import java.util.List;

/** What the commands that begin and end subscriptions have in common. They have no reply; the client is told instead. */
final class Subscribing {
    private Subscribing() {}

    /** Subscribes to all that the arguments name. */
    static void begin(Kind kind, CommandContext context, Args args) {
        Worker worker = Worker.of(context);
        Subscriptions subscriptions = worker.session().subscriptions();
        for (int i = 1; i < args.size(); i++) {
            Slice name = args.slice(i);
            subscriptions.add(kind, name, count -> confirm(worker, kind.subscribed, name, count));
        }
        worker.leaveUnanswered();
    }

    /** Ends the subscriptions that the arguments name, or all of their kind. */
    static void end(Kind kind, CommandContext context, Args args) {
        Worker worker = Worker.of(context);
        Subscriptions subscriptions = worker.session().subscriptions();
        for (int i = 1; i < args.size(); i++) {
            end(worker, subscriptions, kind, args.slice(i));
        }
        if (args.size() == 1) {
            List<byte[]> names = subscriptions.names(kind);
            names.forEach(name -> end(worker, subscriptions, kind, new Slice(name)));
            if (names.isEmpty()) {
                confirm(worker, kind.unsubscribed, null, subscriptions.counted(kind));
            }
        }
        worker.leaveUnanswered();
    }

    private static void end(Worker worker, Subscriptions subscriptions, Kind kind, Slice name) {
        subscriptions.remove(kind, name);
        confirm(worker, kind.unsubscribed, name, subscriptions.counted(kind));
    }

    /** @param name null if there was nothing to end */
    private static void confirm(Worker worker, String what, Slice name, int count) {
        worker.messages.tell(worker.session(), new Message(push -> {
            push.push(3);
            push.bulk(what);
            if (name == null) {
                push.nil();
            } else {
                push.bulk(name);
            }
            push.integer(count);
        }));
    }
}
