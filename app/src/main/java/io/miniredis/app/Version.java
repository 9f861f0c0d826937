package io.miniredis.app;

/** Which miniRedis this is. */
final class Version {
    private Version() {}

    /** The version of the module that this server was built as. */
    static String number() {
        Module module = Version.class.getModule();
        return module.isNamed() ? module.getDescriptor().rawVersion().orElse("unknown") : "unknown";
    }

    /** What {@code --version} shows. */
    static String line() {
        return "miniRedis " + number() + " (Java " + Runtime.version() + ")";
    }
}
