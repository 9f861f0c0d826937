package demo.bloomfilter;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;
import io.miniredis.api.Reply;

/** What {@code BF.INFO} tells, in its order. The constants are the words that ask for one alone. */
enum InfoField {
    CAPACITY("Capacity"),
    SIZE("Size"),
    FILTERS("Number of filters"),
    ITEMS("Number of items inserted"),
    EXPANSION("Expansion rate");

    private static final InfoField[] ALL = values();

    private final String label;

    InfoField(String label) {
        this.label = label;
    }

    /** The field that an argument names. */
    static InfoField named(Args args, int index) throws CommandException {
        for (InfoField field : ALL) {
            if (args.is(index, field.name())) {
                return field;
            }
        }
        throw new CommandException("Invalid information value");
    }

    static void writeAll(BloomFilter filter, Reply reply) {
        reply.map(ALL.length);
        for (InfoField field : ALL) {
            reply.simple(field.label);
            field.write(filter, reply);
        }
    }

    /** Writes the value; null is the expansion of a filter that does not grow. */
    void write(BloomFilter filter, Reply reply) {
        if (this == EXPANSION && filter.expansion() == BloomFilter.NONSCALING) {
            reply.nil();
        } else {
            reply.integer(of(filter));
        }
    }

    private long of(BloomFilter filter) {
        return switch (this) {
            case CAPACITY -> filter.capacity();
            case SIZE -> filter.memoryBytes();
            case FILTERS -> filter.layers().length;
            case ITEMS -> filter.items();
            case EXPANSION -> filter.expansion();
        };
    }
}
