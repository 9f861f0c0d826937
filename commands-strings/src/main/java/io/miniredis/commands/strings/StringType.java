package io.miniredis.commands.strings;

import io.miniredis.api.BytesType;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Key;
import io.miniredis.api.Numbers;
import io.miniredis.api.Slice;
import io.miniredis.api.rdb.MalformedRdbException;
import io.miniredis.api.rdb.RdbReader;
import io.miniredis.api.rdb.RdbType;
import io.miniredis.api.rdb.RdbWriter;

/** Redis's strings: bytes, which are also numbers to those commands that count. */
public final class StringType extends BytesType implements RdbType<Slice> {
    /** What this module's commands look values up with. */
    static final StringType INSTANCE = new StringType();

    /** The note beside a string that was changed in place, which Redis would have taken apart for that. */
    static final int RAW = 1;

    /** The note beside a string that Redis would not have tried to keep as a number. */
    static final int NO_INTEGER = 2;

    /** Strings up to this length lie beside their object in Redis. */
    private static final int MAX_EMBEDDED_BYTES = 44;

    /** For the service loader on the class path, which knows no {@link #provider}. All instances are alike. */
    public StringType() {}

    /**
     * For the service loader on the module path.
     *
     * @return the one instance
     */
    public static StringType provider() {
        return INSTANCE;
    }

    @Override
    public String name() {
        return "string";
    }

    /** Says what Redis would have made of the bytes: a number, a short string beside its object, or one of its own. */
    @Override
    public String encoding(Slice value, int note) {
        if (note == RAW) {
            return "raw";
        }
        if (note != NO_INTEGER && Numbers.isInteger(value)) {
            return "int";
        }
        return value.length() <= MAX_EMBEDDED_BYTES ? "embstr" : "raw";
    }

    /** How long a string is; 0 if there is none. */
    static int length(CommandContext context, Key key) throws CommandException {
        Slice value = context.keyspace().read(key, INSTANCE);
        return value == null ? 0 : value.length();
    }

    @Override
    public int rdbType() {
        return 0;
    }

    @Override
    public void writeRdb(Slice value, RdbWriter out) {
        out.string(value);
    }

    @Override
    public Slice readRdb(int rdbType, RdbReader in) throws MalformedRdbException {
        return in.string();
    }

    /** A string's bytes, to be changed in place, after it has grown to a length if it was shorter. */
    static Slice edit(CommandContext context, Key key, int length) throws CommandException {
        Slice value = context.keyspace().grow(key, INSTANCE, length);
        context.keyspace().note(key, RAW);
        return value;
    }

    /** The sum of two lengths, unless a string must not be as long. */
    static int checkedLength(CommandContext context, long length, int added) throws CommandException {
        if (length > context.maxValueBytes() - added) {
            throw new CommandException("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
        }
        return (int) length + added;
    }
}
