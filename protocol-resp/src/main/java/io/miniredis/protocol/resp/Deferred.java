package io.miniredis.protocol.resp;

import io.miniredis.api.ReplySource;
import io.miniredis.api.Slice;

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

    /** Says that what is left will not be written. */
    void abandon() {}

    /** About how much is still to be written. */
    abstract long remainingBytes();

    /** A long bulk string's bytes, in an array that nobody changes until it is given back. */
    static final class Bytes extends Deferred {
        private final byte[] array;
        /** Gets the array back; null if nobody wants it, or has it. */
        private Slice.Lender lender;

        private final int end;
        private int at;

        /** @param lender gets the array back; null if nobody wants it */
        Bytes(byte[] array, int offset, int length, Slice.Lender lender) {
            this.array = array;
            this.lender = lender;
            end = offset + length;
            at = offset;
        }

        @Override
        boolean writeTo(ReplyWriter writer, int bytes) {
            int part = Math.min(bytes, end - at);
            writer.raw(array, at, part);
            at += part;
            if (at == end) {
                abandon();
            }
            return at < end;
        }

        @Override
        void abandon() {
            if (lender != null) {
                lender.takeBack(array);
                lender = null;
            }
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
