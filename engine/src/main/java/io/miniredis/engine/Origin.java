package io.miniredis.engine;

import java.util.concurrent.Executor;

/**
 * Where commands come from: a module of the image, or a plugin.
 *
 * @param name the name of the module or of the plugin
 * @param executor runs what the commands offload
 */
record Origin(String name, boolean isPlugin, Executor executor) {
    @Override
    public String toString() {
        return name;
    }
}
