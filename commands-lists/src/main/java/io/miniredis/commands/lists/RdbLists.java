package io.miniredis.commands.lists;

import io.miniredis.api.Slice;
import io.miniredis.api.rdb.MalformedRdbException;
import io.miniredis.api.rdb.RdbReader;
import io.miniredis.api.rdb.RdbWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists in Redis's forms, of which there have been four: strings one after the other; one ziplist; several of them; and, since
 * 7.0, nodes that are a listpack or a single large element. The last one is written, all are read.
 */
final class RdbLists {
    static final int LIST = 1;
    static final int ZIPLIST = 10;
    static final int QUICKLIST = 14;
    static final int QUICKLIST_2 = 18;

    private static final int PLAIN = 1;
    private static final int PACKED = 2;

    /** What Redis puts into one node by default. */
    private static final int NODE_BYTES = 8192;

    private RdbLists() {}

    static boolean reads(int rdbType) {
        return rdbType == LIST || rdbType == ZIPLIST || rdbType == QUICKLIST || rdbType == QUICKLIST_2;
    }

    static PackedList read(int rdbType, RdbReader in) throws MalformedRdbException {
        PackedList list = new PackedList();
        long parts = rdbType == ZIPLIST ? 1 : in.length();
        for (long i = 0; i < parts; i++) { // each takes a byte at least, so what is there ends the loop
            boolean single = rdbType == LIST || (rdbType == QUICKLIST_2 && readsPlain(in));
            Slice part = in.string();
            if (single) {
                list.push(ListEnd.TAIL, part.array(), part.offset(), part.length());
            } else if (rdbType == QUICKLIST_2) {
                Listpack.read(part, list);
            } else {
                Ziplist.read(part, list);
            }
        }
        return list;
    }

    /** Reads whether the next node is a single element. */
    private static boolean readsPlain(RdbReader in) throws MalformedRdbException {
        long container = in.length();
        if (container != PLAIN && container != PACKED) {
            throw new MalformedRdbException("a node of kind " + container);
        }
        return container == PLAIN;
    }

    static void write(PackedList list, RdbWriter out) {
        List<Integer> nodes = nodes(list);
        out.length(nodes.size());
        Cursor cursor = new Cursor(list, 0, ListEnd.TAIL);
        for (int elements : nodes) {
            if (elements == 0) {
                cursor.next();
                out.length(PLAIN);
                out.length(cursor.length());
                out.raw(cursor.array(), cursor.offset(), cursor.length());
            } else {
                Listpack.Writer node = new Listpack.Writer();
                for (int i = 0; i < elements; i++) {
                    cursor.next();
                    node.add(cursor.array(), cursor.offset(), cursor.length());
                }
                out.length(PACKED);
                node.write(out);
            }
        }
    }

    /** How many elements go into each node; 0 for a large one that is a node by itself. */
    private static List<Integer> nodes(PackedList list) {
        List<Integer> nodes = new ArrayList<>();
        Cursor cursor = new Cursor(list, 0, ListEnd.TAIL);
        int elements = 0;
        int bytes = 0;
        for (long left = list.size(); left > 0; left--) {
            cursor.next();
            boolean isLarge = cursor.length() > NODE_BYTES;
            if (elements > 0 && (isLarge || bytes + cursor.length() > NODE_BYTES)) {
                nodes.add(elements);
                elements = 0;
                bytes = 0;
            }
            if (isLarge) {
                nodes.add(0);
            } else {
                elements++;
                bytes += cursor.length() + Listpack.MAX_FRAME_BYTES;
            }
        }
        if (elements > 0) {
            nodes.add(elements);
        }
        return nodes;
    }
}
