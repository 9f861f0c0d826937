package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The floor plan: what each of the server's modules requires, exports, opens, uses, provides and contains, kept as text in
 * {@code src/test/resources/modules}. Whoever changes a descriptor changes the plan with it, on purpose.
 *
 * <p>To write the plan anew: {@code mvn test -pl app -am -Dmodules.update}
 */
final class ModuleGraphTest {
    private static final Path PLAN = Path.of("src", "test", "resources", "modules");

    /** The server's modules by name: those the app requires, and those it finds by their services alone. */
    private static final Map<String, ModuleReference> MODULES = new TreeMap<>();

    static {
        String paths =
                System.getProperty("jdk.module.path") + File.pathSeparator + System.getProperty("java.class.path");
        Stream.of(paths.split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path ->
                        Files.isDirectory(path) || path.getFileName().toString().startsWith("miniredis-"))
                .flatMap(path -> ModuleFinder.of(path).findAll().stream())
                .forEach(module -> MODULES.put(module.descriptor().name(), module));
    }

    static Collection<ModuleReference> modules() {
        return MODULES.values();
    }

    @BeforeAll
    static void updateIfAsked() throws IOException {
        if (System.getProperty("modules.update") == null) {
            return;
        }
        try (Stream<Path> plans = Files.list(PLAN)) {
            for (Path plan : plans.toList()) {
                Files.delete(plan);
            }
        }
        for (ModuleReference module : modules()) {
            Files.writeString(planOf(module), describe(module.descriptor()));
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void moduleIsAsPlanned(ModuleReference module) throws IOException {
        Path plan = planOf(module);
        String actual = describe(module.descriptor());
        String planned = Files.exists(plan) ? Files.readString(plan) : "";
        if (!planned.equals(actual)) {
            fail("%n%s differs from %s (- planned, + actual):%n%n%s%nTo accept: mvn test -pl app -am -Dmodules.update%n"
                    .formatted(module.descriptor().name(), plan, difference(planned, actual)));
        }
    }

    @Test
    void everyPlannedModuleIsThere() throws IOException {
        try (Stream<Path> plans = Files.list(PLAN)) {
            Set<String> planned = new TreeSet<>();
            plans.forEach(plan -> planned.add(plan.getFileName().toString().replaceFirst("\\.txt$", "")));
            assertEquals(planned, MODULES.keySet());
        }
    }

    /** On the class path the JVM reads only META-INF/services, on the module path only {@code provides}. */
    @ParameterizedTest
    @MethodSource("modules")
    void servicesAreTheSameOnTheClassPath(ModuleReference module) throws IOException {
        try (var reader = module.open()) {
            for (var provides : module.descriptor().provides()) {
                String file = "META-INF/services/" + provides.service();
                InputStream in = reader.open(file).orElse(InputStream.nullInputStream());
                Set<String> listed = new TreeSet<>();
                new String(in.readAllBytes(), UTF_8)
                        .lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .forEach(listed::add);
                assertEquals(
                        new TreeSet<>(provides.providers()),
                        listed,
                        module.descriptor().name() + ": " + file);
            }
        }
    }

    private static Path planOf(ModuleReference module) {
        return PLAN.resolve(module.descriptor().name() + ".txt");
    }

    private static String describe(ModuleDescriptor module) {
        Set<String> lines = new TreeSet<>();
        module.requires().forEach(r -> lines.add("requires " + modifiers(r.modifiers()) + r.name()));
        module.exports().forEach(e -> lines.add("exports " + e.source() + targets(e.targets())));
        module.opens().forEach(o -> lines.add("opens " + o.source() + targets(o.targets())));
        module.uses().forEach(service -> lines.add("uses " + service));
        module.provides()
                .forEach(p ->
                        p.providers().forEach(provider -> lines.add("provides " + p.service() + " with " + provider)));
        module.packages().forEach(name -> lines.add("contains " + name));
        String kind = module.isOpen() ? "open module " : "module ";
        return kind + module.name() + "\n"
                + lines.stream().map(line -> "  " + line + "\n").collect(joining());
    }

    private static String modifiers(Set<ModuleDescriptor.Requires.Modifier> modifiers) {
        return modifiers.stream()
                .sorted()
                .map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ")
                .collect(joining());
    }

    private static String targets(Set<String> targets) {
        return targets.isEmpty() ? "" : " to " + String.join(", ", new TreeSet<>(targets));
    }

    /** The lines only one of the two has; both are sorted, so that is all there is to say. */
    private static String difference(String planned, String actual) {
        Set<String> before = new TreeSet<>(planned.lines().toList());
        Set<String> after = new TreeSet<>(actual.lines().toList());
        return Stream.concat(before.stream(), after.stream())
                .distinct()
                .sorted()
                .filter(line -> !before.contains(line) || !after.contains(line))
                .map(line -> (before.contains(line) ? "-" : "+") + line + "\n")
                .collect(joining());
    }
}
