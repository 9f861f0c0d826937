package io.miniredis.engine;

/** A plugin could not be loaded or unloaded; the message says why, in one line for people. */
final class PluginRefused extends Exception {
    private static final long serialVersionUID = 1L;

    PluginRefused(String reason, Throwable cause) {
        super(reason, cause);
    }
}
