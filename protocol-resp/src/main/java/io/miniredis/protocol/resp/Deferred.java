package io.miniredis.protocol.resp;

import io.miniredis.api.ReplySource;

/** The middle of a reply that is written only when what comes before it is about to be sent. */
abstract class Deferred {

    /**
     * Writes the next part.
     *
     * @param bytes about how much is wanted
     * @return whether there is more
     * @throws IllegalStateException if what comes out cannot be sent
     */
    abstract boolean writeTo(ReplyWriter writer, int bytes);

    /** About how much is still to be written. */
    abstract long remainingBytes();

    /** A long bulk string's bytes, in an array that nobody changes. */
    static final class Bytes extends Deferred {
        private final byte[] array;
        private final int end;
        private int at;

        Bytes(byte[] array, int offset, int length) {
            this.array = array;
            end = offset + length;
            at = offset;
        }

        @Override
        boolean writeTo(ReplyWriter writer, int bytes) {
            int part = Math.min(bytes, end - at);
            writer.raw(array, at, part);
            at += part;
            return at < end;
        }

        @Override
        long remainingBytes() {
            return (long) end - at;
        }
    }

    /** A long array's values. */
    static final class Values extends Deferred {
        private final ReplySource source;
        private final int protocol;
        private int lacking;

        Values(ReplySource source, int size, int protocol) {
            this.source = source;
            this.protocol = protocol;
            lacking = size;
        }

        @Override
        boolean writeTo(ReplyWriter writer, int bytes) {
            writer.protocol(protocol);
            lacking = writer.writeSome(source, lacking, bytes);
            return lacking > 0;
        }

        @Override
        long remainingBytes() {
            return source.remainingBytes();
        }
    }
}
