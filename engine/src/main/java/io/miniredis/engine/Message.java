package io.miniredis.engine;

import io.miniredis.api.transport.ReplyStream;
import java.util.function.Consumer;

/**
 * Something that clients are told without having asked. It is encoded when it is found that somebody gets it, once for each protocol,
 * however many get it. Confined to the thread that makes it.
 */
final class Message {
    private final Consumer<ReplyStream> values;
    private EncodedMessage resp2;
    private EncodedMessage resp3;

    /** @param values writes one whole value; called at most once for each protocol, and not after {@link Messages#tell} */
    Message(Consumer<ReplyStream> values) {
        this.values = values;
    }

    /** The message in the protocol that a client speaks now. */
    EncodedMessage encodedFor(ClientSession receiver) {
        if (receiver.protocol() < 3) {
            resp2 = resp2 != null ? resp2 : receiver.encode(2, values);
            return resp2;
        }
        resp3 = resp3 != null ? resp3 : receiver.encode(3, values);
        return resp3;
    }
}
