package io.miniredis.testkit;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.eviction.EvictionPolicy;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** What modules provide as services, for tests that are to run for each of them. */
public final class Provided {

    private Provided() {}

    /**
     * The commands of a module that is on the module path or class path.
     *
     * @param packageName the package that their classes are in
     * @return their handlers; empty if there are none
     */
    public static List<CommandHandler> commands(String packageName) {
        return in(packageName, ServiceLoader.load(CommandHandler.class, Provided.class.getClassLoader()));
    }

    /**
     * The eviction policies of a module that is on the module path or class path.
     *
     * @param packageName the package that their classes are in
     * @return the policies; empty if there are none
     */
    public static List<EvictionPolicy> policies(String packageName) {
        return in(packageName, ServiceLoader.load(EvictionPolicy.class, Provided.class.getClassLoader()));
    }

    private static <T> List<T> in(String packageName, ServiceLoader<T> services) {
        return services.stream()
                .filter(provider -> provider.type().getPackageName().equals(packageName))
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toList());
    }
}
