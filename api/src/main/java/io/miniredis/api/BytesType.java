package io.miniredis.api;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A type whose values are plain bytes, such as Redis's strings. The server stores such a value beside its key, if both are
 * small in an array that they share with others, so that it costs neither an object of its own nor a second cache miss, and hands it
 * out as a {@link Slice} that it reuses. A subclass says what the bytes are called; everything else is settled here.
 */
public abstract class BytesType implements ValueType<Slice> {

    /** For subclasses. */
    protected BytesType() {}

    /**
     * What {@code OBJECT ENCODING} answers.
     *
     * @param value the value
     * @param note what {@link Keyspace#note} left beside it
     * @return the name that Redis would give its representation
     */
    public String encoding(Slice value, int note) {
        return "raw";
    }

    @Override
    public final String encoding(Slice value) {
        return encoding(value, 0);
    }

    @Override
    public int encodingVersion() {
        return 1;
    }

    @Override
    public final Slice create() {
        return new Slice();
    }

    @Override
    public final Slice copy(Slice value) {
        return new Slice(value.copy());
    }

    /** The bytes themselves; the server adds what it wraps around them. */
    @Override
    public final long memoryBytes(Slice value) {
        return value.length();
    }

    @Override
    public final void write(Slice value, DataOutput out) throws IOException {
        out.writeInt(value.length());
        out.write(value.array(), value.offset(), value.length());
    }

    @Override
    public final Slice read(int version, DataInput in) throws IOException {
        if (version < 1 || version > encodingVersion()) {
            throw new IOException("unknown version " + version + " of a value of bytes");
        }
        int length = in.readInt();
        if (length < 0) {
            throw new IOException("negative length " + length);
        }
        return new Slice(readFully(in, length));
    }

    /** Grows as bytes arrive, so that a corrupt length cannot allocate more than there is. */
    private static byte[] readFully(DataInput in, int length) throws IOException {
        byte[] bytes = new byte[Math.min(length, 1 << 16)];
        int read = 0;
        while (true) {
            in.readFully(bytes, read, bytes.length - read);
            read = bytes.length;
            if (read == length) {
                return bytes;
            }
            bytes = java.util.Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
        }
    }
}
