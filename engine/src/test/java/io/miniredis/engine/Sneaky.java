package io.miniredis.engine;

/** Throws what its signature does not say, as code in other languages of the JVM does. */
final class Sneaky {

    private Sneaky() {}

    /** Does nothing for null. */
    static void sneak(Throwable e) {
        if (e != null) {
            Sneaky.<RuntimeException>unchecked(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void unchecked(Throwable e) throws E {
        throw (E) e;
    }
}
