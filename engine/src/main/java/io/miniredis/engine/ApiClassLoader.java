package io.miniredis.engine;

import io.miniredis.api.CommandHandler;

/** Shows a plugin on the class path Java itself and the api, and nothing else of what the server is made of. */
final class ApiClassLoader extends ClassLoader {
    private static final String API = CommandHandler.class.getPackageName() + ".";

    ApiClassLoader() {
        super(getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(API)) {
            return CommandHandler.class.getClassLoader().loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
