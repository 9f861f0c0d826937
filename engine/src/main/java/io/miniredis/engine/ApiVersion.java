package io.miniredis.engine;

import java.lang.module.ModuleDescriptor.Version;

/** A version of the api as semantic versioning reads it; while the first number is 0, the second takes its place. */
record ApiVersion(int major, int minor) {

    static ApiVersion of(Version version) {
        String[] parts = version.toString().split("[^0-9]+", -1);
        return new ApiVersion(number(parts, 0), number(parts, 1));
    }

    private static int number(String[] parts, int index) {
        return index < parts.length && !parts[index].isEmpty() ? Integer.parseInt(parts[index]) : 0;
    }

    /** Whether what was compiled against the other works with this one. */
    boolean serves(ApiVersion other) {
        return major == other.major && (major == 0 ? minor == other.minor : minor >= other.minor);
    }
}
