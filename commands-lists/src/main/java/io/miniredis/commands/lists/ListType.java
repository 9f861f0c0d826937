package io.miniredis.commands.lists;

import io.miniredis.api.ArrayPool;
import io.miniredis.api.CollectionType;
import io.miniredis.api.CommandException;
import io.miniredis.api.CompactType;
import io.miniredis.api.Key;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Slice;
import io.miniredis.api.rdb.MalformedRdbException;
import io.miniredis.api.rdb.RdbReader;
import io.miniredis.api.rdb.RdbType;
import io.miniredis.api.rdb.RdbWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/** Redis's lists: byte strings in an order, taken from and added to at both ends. */
public final class ListType implements CollectionType<PackedList>, CompactType<PackedList>, RdbType<PackedList> {
    /** What this module's commands look values up with. */
    static final ListType INSTANCE = new ListType();

    /** No element is longer: one that is packed still fits into an array. */
    private static final int MAX_ELEMENT_BYTES = Integer.MAX_VALUE - 64;

    /** For the service loader on the class path, which knows no {@link #provider}. All instances are alike. */
    public ListType() {}

    /**
     * For the service loader on the module path.
     *
     * @return the one instance
     */
    public static ListType provider() {
        return INSTANCE;
    }

    /** A list to be changed; null if there is none. */
    static PackedList write(Keyspace keyspace, Key key) throws CommandException {
        PackedList list = keyspace.write(key, INSTANCE);
        return list == null ? null : list.using(keyspace.arrays());
    }

    /** A list to be changed, empty if there was none. */
    static PackedList writeOrCreate(Keyspace keyspace, Key key) throws CommandException {
        return keyspace.writeOrCreate(key, INSTANCE).using(keyspace.arrays());
    }

    @Override
    public String name() {
        return "list";
    }

    @Override
    public int encodingVersion() {
        return 1;
    }

    @Override
    public PackedList create() {
        return new PackedList();
    }

    @Override
    public PackedList copy(PackedList list) {
        return list.copy();
    }

    @Override
    public long memoryBytes(PackedList list) {
        return list.memoryBytes();
    }

    @Override
    public boolean isEmpty(PackedList list) {
        return list.size() == 0;
    }

    @Override
    public boolean release(PackedList list, ArrayPool arrays) {
        return list.release(arrays);
    }

    @Override
    public boolean compact(PackedList list, Slice target) {
        return list.compact(target);
    }

    @Override
    public PackedList expand(Slice bytes) {
        return PackedList.expand(bytes);
    }

    /** Redis 7.0 has one representation for all lists. */
    @Override
    public String encoding(PackedList list) {
        return "quicklist";
    }

    @Override
    public long size(PackedList list) {
        return list.size();
    }

    @Override
    public void forEach(PackedList list, Consumer<Slice> visitor) {
        long size = list.size();
        if (size == 0) {
            return;
        }
        Slice element = new Slice();
        Cursor cursor = new Cursor(list, 0, ListEnd.TAIL);
        for (long i = 0; i < size; i++) {
            cursor.next();
            visitor.accept(element.wrap(cursor.array(), cursor.offset(), cursor.length()));
        }
    }

    @Override
    public void add(PackedList list, Slice element) {
        list.push(ListEnd.TAIL, element.array(), element.offset(), element.length());
    }

    @Override
    public int rdbType() {
        return RdbLists.QUICKLIST_2;
    }

    @Override
    public boolean readsRdb(int rdbType) {
        return RdbLists.reads(rdbType);
    }

    @Override
    public void writeRdb(PackedList list, RdbWriter out) {
        RdbLists.write(list, out);
    }

    @Override
    public PackedList readRdb(int rdbType, RdbReader in) throws MalformedRdbException {
        return RdbLists.read(rdbType, in);
    }

    /** The number of elements, then each one's length and bytes, from head to tail. */
    @Override
    public void write(PackedList list, DataOutput out) throws IOException {
        long size = list.size();
        out.writeLong(size);
        if (size == 0) {
            return;
        }
        Cursor cursor = new Cursor(list, 0, ListEnd.TAIL);
        for (long i = 0; i < size; i++) {
            cursor.next();
            out.writeInt(cursor.length());
            out.write(cursor.array(), cursor.offset(), cursor.length());
        }
    }

    @Override
    public PackedList read(int version, DataInput in) throws IOException {
        if (version != 1) {
            throw new IOException("unknown version " + version + " of a list");
        }
        long size = in.readLong();
        if (size < 0) {
            throw new IOException("a list of " + size + " elements");
        }
        PackedList list = new PackedList();
        byte[] element = new byte[256];
        for (long i = 0; i < size; i++) {
            int length = in.readInt();
            if (length < 0 || length > MAX_ELEMENT_BYTES) {
                throw new IOException("an element of " + length + " bytes");
            }
            element = readElement(in, element, length);
            list.push(ListEnd.TAIL, element, 0, length);
        }
        return list;
    }

    /** Reads into a buffer that grows as bytes arrive, so that a corrupt length cannot allocate more than there is. */
    private static byte[] readElement(DataInput in, byte[] reused, int length) throws IOException {
        byte[] buffer = reused;
        int read = 0;
        while (read < length) {
            if (read == buffer.length) {
                buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_ELEMENT_BYTES, 2L * read));
            }
            int now = Math.min(length, buffer.length);
            in.readFully(buffer, read, now - read);
            read = now;
        }
        return buffer;
    }
}
