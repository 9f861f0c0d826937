package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Lets a class of scenarios run with more than one version of a library. Each method marked {@link Scenario} is a test, on an object of
 * its own, which is closed afterwards. What is compiled against the version on the class path runs with another one as a program would
 * whose jar was exchanged.
 */
final class Scenarios {
    private static final Path LIBRARIES = Path.of(System.getProperty("miniredis.libraries", "target/libraries"));

    /** One test of a class of scenarios. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Scenario {}

    private Scenarios() {}

    /** With the version on the class path; the class has one constructor, which gets these arguments. */
    static Stream<DynamicTest> of(Class<? extends AutoCloseable> scenarios, Object... arguments) {
        return tests(scenarios, arguments);
    }

    /** With the version whose jars lie in a folder of that name; what they lack is taken from the class path. */
    static Stream<DynamicTest> with(String library, Class<? extends AutoCloseable> scenarios, Object... arguments) {
        try {
            return tests(new Isolated(library).loadClass(scenarios.getName()), arguments);
        } catch (ClassNotFoundException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<DynamicTest> tests(Class<?> scenarios, Object... arguments) {
        List<DynamicTest> tests = Arrays.stream(scenarios.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Scenario.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> run(method, arguments)))
                .toList();
        assertFalse(tests.isEmpty(), scenarios + " has no scenarios");
        return tests.stream();
    }

    private static void run(Method scenario, Object... arguments) throws Throwable {
        Constructor<?> constructor = scenario.getDeclaringClass().getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        scenario.setAccessible(true);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread()
                .setContextClassLoader(scenario.getDeclaringClass().getClassLoader());
        try (AutoCloseable scenarios = (AutoCloseable) constructor.newInstance(arguments)) {
            scenario.invoke(scenarios);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Looks into the jars of a folder, and for the classes of tests, before it asks the class path. */
    private static final class Isolated extends URLClassLoader {
        Isolated(String library) throws IOException {
            super(urls(LIBRARIES.resolve(library)), Scenarios.class.getClassLoader());
        }

        private static URL[] urls(Path folder) throws IOException {
            List<URL> urls = new ArrayList<>();
            try (Stream<Path> jars = Files.list(folder)) {
                for (Path jar : jars.toList()) {
                    urls.add(jar.toUri().toURL());
                }
            }
            urls.add(Scenarios.class.getProtectionDomain().getCodeSource().getLocation());
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("java.") || name.startsWith(Scenarios.class.getName())) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                try {
                    return findClass(name);
                } catch (ClassNotFoundException notHere) {
                    return super.loadClass(name, resolve);
                }
            }
        }

        @Override
        public URL getResource(String name) {
            URL here = findResource(name);
            return here != null ? here : super.getResource(name);
        }
    }
}
