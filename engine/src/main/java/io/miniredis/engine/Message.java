package io.miniredis.engine;

import io.miniredis.api.transport.ReplyStream;
import java.util.function.Consumer;

/**
 * Something that clients are told without having asked. It is encoded when it is found that somebody gets it, once for each protocol,
 * however many get it. Confined to the thread that makes it.
 */
final class Message {
    private final Consumer<ReplyStream> inResp2;
    private final Consumer<ReplyStream> inResp3;
    private EncodedMessage resp2;
    private EncodedMessage resp3;

    /** @param values writes one whole value; called at most once for each protocol, and not after {@link Messages#tell} */
    Message(Consumer<ReplyStream> values) {
        this(values, values);
    }

    /** A message that is another one in each protocol. */
    Message(Consumer<ReplyStream> inResp2, Consumer<ReplyStream> inResp3) {
        this.inResp2 = inResp2;
        this.inResp3 = inResp3;
    }

    /** The message in a protocol, for a client. */
    EncodedMessage encodedFor(ClientSession receiver, int protocol) {
        if (protocol < 3) {
            resp2 = resp2 != null ? resp2 : receiver.encode(2, inResp2);
            return resp2;
        }
        resp3 = resp3 != null ? resp3 : receiver.encode(3, inResp3);
        return resp3;
    }
}
