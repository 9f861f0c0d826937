package io.miniredis.api;

/** Options of the JVM that this is running in, whether somebody set them or they are what they are by themselves. */
final class HotSpotOptions {
    private HotSpotOptions() {}

    /**
     * Whether references take half of their size. HotSpot says so by itself, in a property that is there only then; of a JVM of
     * another kind it is not assumed.
     */
    static boolean compressesReferences() {
        return System.getProperty("java.vm.compressedOopsMode") != null;
    }

    /**
     * Whether an option is on. It is not, as far as is known, where the JVM does not have it or cannot be asked. This module needs
     * no other than {@code java.base}: the modules that can ask are looked for.
     */
    static boolean isOn(String option) {
        try {
            Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
            Class<?> type = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
            Object diagnostic =
                    factory.getMethod("getPlatformMXBean", Class.class).invoke(null, type);
            Object found = type.getMethod("getVMOption", String.class).invoke(diagnostic, option);
            Object value = found.getClass().getMethod("getValue").invoke(found);
            return Boolean.parseBoolean((String) value);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
