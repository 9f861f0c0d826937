package io.miniredis.app;

import io.miniredis.engine.Metrics;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The numbers that the live page shows, as JSON. Counts since the last reset: the page makes rates of them. */
final class StatsJson {
    /** Of the slow log, newest first. */
    private static final int SLOW_COMMANDS = 16;

    private StatsJson() {}

    static String of(Metrics metrics) {
        Metrics.Server server = metrics.server();
        Metrics.Memory memory = metrics.memory();
        Metrics.Counts counts = metrics.counts();
        Metrics.Clients clients = metrics.clients();
        return object(
                member("version", text(server.version())),
                member("redisVersion", text(server.redisVersion())),
                member("javaVersion", text(metrics.jvm().version())),
                member("port", server.port()),
                member("startMillis", server.startMillis()),
                member("uptimeMillis", TimeUnit.NANOSECONDS.toMillis(server.uptimeNanos())),
                member("commands", counts.commands()),
                member("hits", counts.hits()),
                member("misses", counts.misses()),
                member("errors", counts.errors()),
                member("expired", counts.expired()),
                member("evicted", counts.evicted()),
                member("inputBytes", counts.inputBytes()),
                member("outputBytes", counts.outputBytes()),
                member("memoryUsed", memory.used()),
                member("memoryMax", memory.max()),
                member("memoryHeapMax", memory.heapDataMax()),
                member("heapUsed", metrics.jvm().heapUsed()),
                member("heapMax", metrics.jvm().heapMax()),
                member("keys", metrics.keys()),
                member("connected", clients.connected()),
                member("blocked", clients.blocked()),
                member("latencies", array(latencies(metrics), StatsJson::bucket)),
                member("perCommand", array(metrics.commands(), StatsJson::command)),
                member("slow", array(slow(metrics), StatsJson::slowCommand)));
    }

    /** Those of all commands together, shortest first. */
    private static List<Metrics.Bucket> latencies(Metrics metrics) {
        SortedMap<Long, Long> sum = new TreeMap<>();
        for (Metrics.Command command : metrics.commands()) {
            command.latencies().buckets().forEach(bucket -> sum.merge(bucket.nanos(), bucket.count(), Long::sum));
        }
        return sum.entrySet().stream()
                .map(bucket -> new Metrics.Bucket(bucket.getKey(), bucket.getValue()))
                .toList();
    }

    private static List<Metrics.SlowCommand> slow(Metrics metrics) {
        return metrics.slowCommands().stream().limit(SLOW_COMMANDS).toList();
    }

    private static String bucket(Metrics.Bucket bucket) {
        return "[" + bucket.nanos() + "," + bucket.count() + "]";
    }

    private static String command(Metrics.Command command) {
        return object(
                member("name", text(command.name())),
                member("calls", command.calls()),
                member("nanos", command.nanos()),
                member("failed", command.failed()));
    }

    private static String slowCommand(Metrics.SlowCommand slow) {
        return object(
                member("id", slow.id()),
                member("seconds", slow.seconds()),
                member("micros", slow.micros()),
                member("name", text(slow.name())));
    }

    private static String member(String name, Object value) {
        return text(name) + ":" + value;
    }

    private static String object(String... members) {
        return "{" + String.join(",", members) + "}";
    }

    private static <T> String array(List<T> elements, Function<T, String> json) {
        return elements.stream().map(json).collect(Collectors.joining(",", "[", "]"));
    }

    /** A string with all that JSON does not take as it is escaped. */
    static String text(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                text.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
