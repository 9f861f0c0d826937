package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CollectionType;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** One run of SORT or SORT_RO: its options, then the elements, their weights, their order, the result. */
final class Sorting {

    /** What may become of the result. */
    enum Result {
        /** It is the reply. */
        IS_THE_REPLY,
        /** It is the reply, unless STORE says where it goes. */
        MAY_BE_STORED
    }

    /** An element and what it is sorted by. */
    private static final class Weighted {
        final byte[] element;
        /** Null if the pattern leads to no string. */
        byte[] text;

        double number;

        Weighted(byte[] element) {
            this.element = element;
        }
    }

    private static final Comparator<Weighted> BY_NUMBER =
            (a, b) -> a.number < b.number ? -1 : a.number > b.number ? 1 : Arrays.compareUnsigned(a.element, b.element);

    /** Without a string comes before any string. */
    private static final Comparator<byte[]> NONE_FIRST = Comparator.nullsFirst(Arrays::compareUnsigned);

    /** As the collation of the C locale, which ends at a zero byte. */
    private static final Comparator<byte[]> COLLATED =
            Comparator.nullsFirst((a, b) -> Arrays.compareUnsigned(a, 0, lengthAsText(a), b, 0, lengthAsText(b)));

    private final Worker worker;
    private final WorkingKeyspace keyspace;
    private final Args args;
    private final List<SortPattern> gets = new ArrayList<>();
    private SortPattern by;
    private boolean sorts = true;
    private boolean descending;
    /** What an element takes while it is sorted, beside its bytes: an object, an array's header, and places in lists. */
    private static final long ELEMENT_BYTES = 96;

    private boolean alphabetic;
    private long offset;
    private long count = -1;
    /** The argument that names where the result goes; 0 if it is the reply. */
    private int destination;

    Sorting(Worker worker, Args args, Result result) throws CommandException {
        this.worker = worker;
        keyspace = worker.keyspace();
        this.args = args;
        for (int i = 2; i < args.size(); i++) {
            i += option(i, args.size() - 1 - i, result);
        }
    }

    /** Reads an option. Returns how many arguments belong to it. */
    private int option(int i, int left, Result result) throws CommandException {
        if (args.is(i, "ASC")) {
            descending = false;
        } else if (args.is(i, "DESC")) {
            descending = true;
        } else if (args.is(i, "ALPHA")) {
            alphabetic = true;
        } else if (args.is(i, "LIMIT") && left >= 2) {
            offset = args.integer(i + 1);
            count = args.integer(i + 2);
            return 2;
        } else if (result == Result.MAY_BE_STORED && args.is(i, "STORE") && left >= 1) {
            destination = i + 1;
            return 1;
        } else if (args.is(i, "BY") && left >= 1) {
            by = new SortPattern(args.copy(i + 1));
            sorts = sorts && by.varies();
            if (by.varies() && !worker.mayReadAllKeys()) {
                throw denied("BY");
            }
            return 1;
        } else if (args.is(i, "GET") && left >= 1) {
            if (!worker.mayReadAllKeys()) {
                throw denied("GET");
            }
            gets.add(new SortPattern(args.copy(i + 1)));
            return 1;
        } else {
            throw Errors.syntax();
        }
        return 0;
    }

    /** What a pattern leads to depends on the elements, so nobody may use one who may not read all keys. */
    private static CommandException denied(String option) {
        return new CommandException("ERR " + option + " option of SORT denied due to insufficient ACL permissions.");
    }

    void run(Reply reply) throws CommandException {
        List<Weighted> elements = elements();
        if (sorts) {
            for (Weighted element : elements) {
                weigh(element);
            }
            Comparator<Weighted> order = order();
            elements.sort(descending ? order.reversed() : order);
        }
        long start = Math.min(Math.max(offset, 0), elements.size());
        long end = count < 0 ? elements.size() : Math.min(elements.size(), start + Math.min(count, elements.size()));
        List<Weighted> wanted = elements.subList((int) start, (int) end);
        if (destination == 0) {
            answer(wanted, reply);
        } else {
            reply.integer(store(wanted));
        }
    }

    @SuppressWarnings("unchecked")
    private List<Weighted> elements() throws CommandException {
        Key key = args.key(1);
        ValueType<?> type = keyspace.typeOf(key);
        if (type == null) {
            return new ArrayList<>();
        }
        if (!(type instanceof CollectionType)) {
            throw Errors.wrongType();
        }
        CollectionType<Object> collection = (CollectionType<Object>) type;
        Gathered gathered = new Gathered();
        collection.forEach(keyspace.read(key, collection), gathered);
        List<Weighted> elements = gathered.all();
        if (!sorts && !collection.isOrdered() && destination > 0) {
            // What is stored must not depend on how a set happens to lie in memory.
            sorts = true;
            alphabetic = true;
            by = null;
        } else if (!sorts && descending && collection.isOrdered()) {
            Collections.reverse(elements);
        }
        return elements;
    }

    private void weigh(Weighted element) throws CommandException {
        byte[] text = by == null ? element.element : by.lookUp(element.element, keyspace);
        if (alphabetic) {
            element.text = text;
        } else if (text != null) {
            element.number = weight(text);
        }
    }

    private static double weight(byte[] text) throws CommandException {
        double number = CDouble.parse(new String(text, 0, lengthAsText(text), StandardCharsets.ISO_8859_1));
        if (Double.isNaN(number)) {
            throw new CommandException("ERR One or more scores can't be converted into double");
        }
        return number;
    }

    private Comparator<Weighted> order() {
        if (!alphabetic) {
            return BY_NUMBER;
        }
        return Comparator.comparing(element -> element.text, destination == 0 ? COLLATED : NONE_FIRST);
    }

    /** How many bytes there are before a zero byte. */
    private static int lengthAsText(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return length;
    }

    private void answer(List<Weighted> wanted, Reply reply) {
        reply.array(Math.multiplyExact(wanted.size(), Math.max(1, gets.size())));
        for (Weighted element : wanted) {
            if (gets.isEmpty()) {
                reply.bulk(element.element);
            }
            for (SortPattern get : gets) {
                byte[] found = get.lookUp(element.element, keyspace);
                if (found == null) {
                    reply.nil();
                } else {
                    reply.bulk(found);
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private long store(List<Weighted> wanted) throws CommandException {
        if (wanted.isEmpty()) {
            keyspace.delete(args.key(destination));
            return 0;
        }
        if (!(worker.engine.types().named("list") instanceof CollectionType<?> found)) {
            throw new CommandException("ERR no module provides lists, so the result cannot be stored");
        }
        CollectionType<Object> lists = (CollectionType<Object>) found;
        Object list = lists.create();
        Slice bytes = new Slice();
        for (Weighted element : wanted) {
            if (gets.isEmpty()) {
                lists.add(list, bytes.wrap(element.element, 0, element.element.length));
            }
            for (SortPattern get : gets) {
                byte[] value = get.lookUp(element.element, keyspace);
                lists.add(list, value == null ? new Slice() : bytes.wrap(value, 0, value.length));
            }
        }
        keyspace.put(args.key(destination), lists, list, Keyspace.NO_EXPIRY);
        return lists.size(list);
    }

    /** Copies elements, until there is no room for more. */
    private final class Gathered implements Consumer<Slice> {
        /** How much more is taken between two looks at what the heap has left. */
        private static final long STEP_BYTES = 1 << 20;

        private final List<Weighted> elements = new ArrayList<>();
        private long bytes;
        private long nextLook = STEP_BYTES;
        private CommandException refusal;

        @Override
        public void accept(Slice element) {
            if (refusal != null) {
                return;
            }
            elements.add(new Weighted(element.copy()));
            bytes += ELEMENT_BYTES + (destination == 0 ? 1 : 2) * (long) element.length();
            if (bytes >= nextLook) {
                nextLook += STEP_BYTES;
                look();
            }
        }

        private void look() {
            try {
                worker.needs(bytes);
            } catch (CommandException e) {
                refusal = e;
                elements.clear();
            }
        }

        private List<Weighted> all() throws CommandException {
            if (refusal != null) {
                throw refusal;
            }
            return elements;
        }
    }
}
