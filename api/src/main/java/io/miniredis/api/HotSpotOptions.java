package io.miniredis.api;

/** What can be known of the layout of objects without asking the JVM's management, which takes tens of milliseconds of a start. */
final class HotSpotOptions {
    /** Where the first byte of an array lies if the array's header is compact. */
    private static final int COMPACT_BASE = 12;

    private HotSpotOptions() {}

    /**
     * Whether references take half of their size. HotSpot says so by itself, in a property that is there only then; of a JVM of
     * another kind it is not assumed.
     */
    static boolean compressesReferences() {
        return System.getProperty("java.vm.compressedOopsMode") != null;
    }

    /**
     * Whether headers are compact, whoever said so. Not as far as is known where nobody can be asked: this module needs no other
     * than {@code java.base}, and looks for the one that knows where the bytes of an array begin.
     */
    static boolean compactsHeaders() {
        try {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            return unsafe.getField("ARRAY_BYTE_BASE_OFFSET").getInt(null) == COMPACT_BASE;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
