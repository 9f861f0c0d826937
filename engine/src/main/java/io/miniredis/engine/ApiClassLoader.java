package io.miniredis.engine;

import io.miniredis.api.CommandHandler;

/**
 * Shows a plugin on the class path Java itself and the api, and nothing else of what the server is made of: not its libraries either, of
 * which the plugin may bring other versions.
 */
final class ApiClassLoader extends ClassLoader {
    private static final ClassLoader JAVA = getPlatformClassLoader();
    private static final String API = CommandHandler.class.getPackageName() + ".";

    ApiClassLoader() {
        super(JAVA);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        // The loaders of the image's modules ask each other, so Java's own finds the server's classes too.
        Class<?> found = JAVA.loadClass(name);
        ClassLoader loader = found.getClassLoader();
        if (loader == null || loader == JAVA || name.startsWith(API)) {
            return found;
        }
        throw new ClassNotFoundException(name);
    }
}
