package io.miniredis.api;

/** Facts about this API. */
public final class Api {
    private Api() {}

    /**
     * The version of the API module on the module path.
     *
     * @return the version, or {@code "unknown"} when the module has none
     */
    public static String version() {
        return Api.class.getModule().getDescriptor().rawVersion().orElse("unknown");
    }
}
