package io.miniredis.commands.strings;

import io.miniredis.api.BytesType;
import io.miniredis.api.Numbers;
import io.miniredis.api.Slice;

/** Redis's strings: bytes, which are also numbers to those commands that count. */
public final class StringType extends BytesType {
    /** What this module's commands look values up with. */
    static final StringType INSTANCE = new StringType();

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
    public String encoding(Slice value) {
        if (Numbers.isInteger(value)) {
            return "int";
        }
        return value.length() <= MAX_EMBEDDED_BYTES ? "embstr" : "raw";
    }
}
