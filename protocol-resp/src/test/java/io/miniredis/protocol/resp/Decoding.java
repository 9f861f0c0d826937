package io.miniredis.protocol.resp;

import io.miniredis.api.transport.RequestBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Feeds a decoder in pieces, as a connection does, and notes what it finds. Text stands for bytes, in Latin-1. */
final class Decoding {
    /**
     * What a stream of bytes means.
     *
     * @param requests the requests, each a list of arguments
     * @param error what was wrong with the bytes after them; empty if nothing
     */
    record Outcome(List<List<String>> requests, String error) {}

    final InputBuffer input = new InputBuffer(new SpareBuffers(0), BufferMemory.unlimited());
    final RequestBatch batch = new RequestBatch();
    final RequestDecoder decoder;
    private final List<List<String>> requests = new ArrayList<>();
    private String error = "";
    private boolean authenticated = true;

    Decoding(long maxBulkBytes) {
        decoder = new RequestDecoder(() -> maxBulkBytes);
        batch.clear(input.bytes());
    }

    Decoding() {
        this(512 << 20);
    }

    static Outcome of(String wire) {
        return new Decoding().feed(wire).outcome();
    }

    static List<List<String>> requests(String wire) {
        Outcome outcome = of(wire);
        if (!outcome.error().isEmpty()) {
            throw new AssertionError(outcome.error());
        }
        return outcome.requests();
    }

    static String error(String wire) {
        return of(wire).error();
    }

    /** Feeds the stream cut before each of the given places, which ascend. */
    static Outcome cut(String wire, int... places) {
        var decoding = new Decoding();
        int from = 0;
        for (int place : places) {
            decoding.feed(wire.substring(from, place));
            from = place;
        }
        return decoding.feed(wire.substring(from)).outcome();
    }

    static Outcome byteByByte(String wire) {
        var decoding = new Decoding();
        for (int i = 0; i < wire.length(); i++) {
            decoding.feed(wire.substring(i, i + 1));
        }
        return decoding.outcome();
    }

    Decoding unauthenticated() {
        authenticated = false;
        return this;
    }

    Decoding feed(String piece) {
        byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
        int from = 0;
        while (from < bytes.length && error.isEmpty()) {
            ByteBuffer room = makeRoom();
            int count = Math.min(room.remaining(), bytes.length - from);
            room.put(bytes, from, count);
            input.received(count);
            from += count;
            decodeAll();
        }
        return this;
    }

    private ByteBuffer makeRoom() {
        int consumed = decoder.consumed();
        ByteBuffer room = input.makeRoom(consumed, decoder.needed());
        decoder.moved(consumed);
        batch.keep(batch.size(), input.bytes(), consumed);
        return room;
    }

    private void decodeAll() {
        try {
            boolean starved;
            do {
                batch.keep(batch.size(), input.bytes(), 0);
                starved = decoder.decode(input.bytes(), input.filled(), batch, authenticated);
                collect();
            } while (!starved);
        } catch (ProtocolException e) {
            error = e.getMessage();
        }
    }

    private void collect() {
        for (int request = 0; request < batch.size(); request++) {
            var arguments = new ArrayList<String>();
            int first = batch.firstArgument(request);
            for (int i = first; i < first + batch.argumentCount(request); i++) {
                arguments.add(
                        new String(batch.buffer(), batch.offset(i), batch.length(i), StandardCharsets.ISO_8859_1));
            }
            requests.add(arguments);
        }
    }

    Outcome outcome() {
        return new Outcome(requests, error);
    }
}
