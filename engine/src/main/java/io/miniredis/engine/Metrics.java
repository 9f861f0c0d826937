package io.miniredis.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The server's numbers at one moment, for programs that watch it: the same that INFO shows, from the same counts. What is counted since
 * CONFIG RESETSTAT begins at 0 again with it. Immutable.
 *
 * @param server what runs
 * @param clients who is connected
 * @param memory what is occupied
 * @param counts what has happened
 * @param databases those that have keys, and the first one
 * @param commands those that were called or refused, in the order of the command table, each container before its subcommands
 * @param errors how often which error was answered, by its first word
 * @param jvm the Java virtual machine
 * @param plugins those at work
 * @param slowCommands the slow log, newest first
 */
public record Metrics(
        Server server,
        Clients clients,
        Memory memory,
        Counts counts,
        List<Database> databases,
        List<Command> commands,
        SortedMap<String, Long> errors,
        Jvm jvm,
        List<Plugin> plugins,
        List<SlowCommand> slowCommands) {

    /**
     * What runs.
     *
     * @param version of this server
     * @param redisVersion whose behaviour it shows
     * @param port that clients connect to; 0 if there is none yet
     * @param startMillis when it started, in milliseconds since the epoch
     * @param uptimeNanos for how long, by a clock that is never put forward or back
     * @param cpuUserSeconds processor time in the process's own code, if that is known
     * @param cpuSystemSeconds processor time of the operating system for it, if that is known
     */
    public record Server(
            String version,
            String redisVersion,
            int port,
            long startMillis,
            long uptimeNanos,
            OptionalDouble cpuUserSeconds,
            OptionalDouble cpuSystemSeconds) {

        private static Server of(Engine engine) {
            ProcessFacts.Cpu[] cpu = ProcessFacts.cpu();
            return new Server(
                    engine.facts().version,
                    Engine.REDIS_VERSION,
                    engine.host().port(),
                    engine.facts().startMillis,
                    engine.uptimeNanos(),
                    cpu == null ? OptionalDouble.empty() : OptionalDouble.of(cpu[0].user()),
                    cpu == null ? OptionalDouble.empty() : OptionalDouble.of(cpu[0].system()));
        }
    }

    /**
     * Who is connected.
     *
     * @param connected clients
     * @param blocked those of them that wait in a command
     * @param tracking those that are told when keys change of which they have copies
     * @param max how many may be connected
     * @param received connections since the last reset
     * @param rejected connections that were refused since then
     * @param channels that somebody has subscribed to
     * @param patterns that somebody has subscribed to
     */
    public record Clients(
            long connected,
            long blocked,
            long tracking,
            long max,
            long received,
            long rejected,
            long channels,
            long patterns) {

        private static Clients of(Engine engine) {
            return new Clients(
                    engine.clients().size(),
                    engine.waiters().count(),
                    engine.tracking().clients(),
                    engine.settings().maxClients(),
                    engine.connectionsReceived(),
                    engine.connectionsRejected(),
                    engine.pubSub().topics(PubSub.Kind.CHANNEL).size(),
                    engine.pubSub().topics(PubSub.Kind.PATTERN).size());
        }
    }

    /**
     * What is occupied, in bytes.
     *
     * @param used by keys, values and tables
     * @param peak the most that this has been
     * @param startup what of it there is without any key
     * @param overhead what of it is neither key nor value
     * @param buffers of connections
     * @param max what {@code maxmemory} says; 0 sets no limit
     * @param heapDataMax what of the heap data may take, {@code maxmemory} or not
     * @param policy what {@code maxmemory-policy} says
     * @param resident what the process has of the machine's memory, if that is known
     */
    public record Memory(
            long used,
            long peak,
            long startup,
            long overhead,
            long buffers,
            long max,
            long heapDataMax,
            String policy,
            OptionalLong resident) {

        private static Memory of(Engine engine, ShardLocks locks) {
            MemoryFigures memory = MemoryFigures.of(engine, locks);
            return new Memory(
                    memory.used(),
                    memory.peak(),
                    memory.startup(),
                    memory.overhead(),
                    memory.clients(),
                    engine.settings().maxMemoryBytes(),
                    engine.evictions().heap().dataBytes(),
                    engine.settings().get("maxmemory-policy"),
                    memory.resident());
        }
    }

    /**
     * What has happened since the last reset.
     *
     * @param commands that ran
     * @param hits keys that were looked for and found
     * @param misses keys that were looked for and not found
     * @param expired keys
     * @param evicted keys
     * @param errors that were answered
     * @param inputBytes from clients
     * @param outputBytes to clients
     * @param reads from sockets
     * @param writes to sockets
     */
    public record Counts(
            long commands,
            long hits,
            long misses,
            long expired,
            long evicted,
            long errors,
            long inputBytes,
            long outputBytes,
            long reads,
            long writes) {

        private static Counts of(Counters counted) {
            return new Counts(
                    counted.commands,
                    counted.hits,
                    counted.misses,
                    counted.expired,
                    counted.evicted,
                    counted.errors,
                    counted.inputBytes,
                    counted.outputBytes,
                    counted.reads,
                    counted.writes);
        }
    }

    /**
     * The keys of a database.
     *
     * @param number which
     * @param keys all of them
     * @param expiring those that have an expiry
     */
    public record Database(int number, long keys, long expiring) {

        /** Those that have keys. */
        static List<Database> all(Databases databases) {
            List<Database> all = new ArrayList<>();
            for (int number = 0; number < databases.count(); number++) {
                long keys = databases.size(number);
                if (keys > 0) {
                    all.add(new Database(number, keys, databases.volatiles(number)));
                }
            }
            return all;
        }
    }

    /**
     * What was counted of a command.
     *
     * @param name in lower case, with that of its container and a bar in front if it is a subcommand
     * @param calls that ran
     * @param nanos that they took together
     * @param rejected calls, which did not run
     * @param failed calls, which answered an error
     * @param latencies how long calls took, while {@code latency-tracking} was on
     */
    public record Command(String name, long calls, long nanos, long rejected, long failed, Latencies latencies) {

        private static void add(Engine engine, io.miniredis.engine.Command command, List<Command> commands) {
            CommandStats stats = engine.statsSinceReset(command);
            if (stats.calls != 0 || stats.rejected != 0) {
                commands.add(new Command(
                        command.spec.name(),
                        stats.calls,
                        stats.nanos,
                        stats.rejected,
                        stats.failed,
                        Latencies.of(stats.latencies())));
            }
        }

        private static List<Command> all(Engine engine) {
            List<Command> all = new ArrayList<>();
            engine.commands().all().forEach(command -> add(engine, command, all));
            return List.copyOf(all);
        }
    }

    /**
     * How long calls took.
     *
     * @param count how many were measured
     * @param nanos that they took together
     * @param steps how many took up to how long, doubling each time; the same durations for every command, the longest half a second
     * @param buckets how many took how long, to within one percent up to a second; those that are empty are left out
     */
    public record Latencies(long count, long nanos, List<Bucket> steps, List<Bucket> buckets) {
        private static Latencies of(LatencyHistogram histogram) {
            return new Latencies(histogram.total(), histogram.nanos(), histogram.steps(), histogram.buckets());
        }
    }

    /**
     * How many calls took so long.
     *
     * @param nanos the longest that counts here
     * @param count how many
     */
    public record Bucket(long nanos, long count) {}

    /**
     * The Java virtual machine; memory in bytes.
     *
     * @param version of Java
     * @param heapUsed what the heap holds, garbage included
     * @param heapCommitted what the heap has of the machine's memory
     * @param heapMax what it may have; -1 if that is not limited
     * @param nonHeapUsed what classes, code and the like take
     * @param nonHeapCommitted what is set aside for them
     * @param directBuffers how many there are
     * @param directBytes what they take
     * @param threads that run
     * @param peakThreads the most that ran
     * @param classes that are loaded
     * @param collectors of garbage
     */
    public record Jvm(
            String version,
            long heapUsed,
            long heapCommitted,
            long heapMax,
            long nonHeapUsed,
            long nonHeapCommitted,
            long directBuffers,
            long directBytes,
            int threads,
            int peakThreads,
            int classes,
            List<Collector> collectors) {}

    /**
     * A garbage collector.
     *
     * @param name as Java calls it
     * @param collections how often it ran
     * @param millis that this took
     */
    public record Collector(String name, long collections, long millis) {}

    /**
     * What a plugin costs.
     *
     * @param name of the plugin
     * @param calls of its commands
     * @param errors calls that answered an error
     * @param rejected calls that did not run
     * @param nanos that the calls took together
     * @param longestNanos the longest of them
     * @param bytes of its values, with their keys
     */
    public record Plugin(
            String name, long calls, long errors, long rejected, long nanos, long longestNanos, long bytes) {

        /** Takes each shard's lock in turn. */
        static Plugin of(Engine engine, InstalledPlugin plugin, ShardLocks locks) {
            CommandStats sum = new CommandStats();
            for (io.miniredis.engine.Command command : plugin.commands()) {
                command.withSubcommands().forEach(each -> sum.add(engine.statsSinceReset(each)));
            }
            long bytes = 0;
            for (var type : plugin.found().types()) {
                bytes += engine.databases().bytesOfType(type.name(), locks);
            }
            return new Plugin(plugin.name(), sum.calls, sum.failed, sum.rejected, sum.nanos, sum.longestNanos, bytes);
        }
    }

    /**
     * An entry of the slow log, without the arguments.
     *
     * @param id counts up from 0
     * @param seconds since the epoch, when it had run
     * @param micros how long it took
     * @param name of the command
     */
    public record SlowCommand(long id, long seconds, long micros, String name) {}

    /** Looks at everything. Takes each shard's lock in turn, each for a moment, and no other that a request waits for. */
    static Metrics of(Engine engine) {
        ShardLocks locks = engine.databases().newLocks();
        try {
            return new Metrics(
                    Server.of(engine),
                    Clients.of(engine),
                    Memory.of(engine, locks),
                    Counts.of(engine.countedSinceReset()),
                    databases(engine),
                    Command.all(engine),
                    errors(engine),
                    JvmInfo.now(),
                    engine.plugins().installed().stream()
                            .map(plugin -> Plugin.of(engine, plugin, locks))
                            .toList(),
                    engine.slowLog().newest(-1).stream()
                            .map(slow -> new SlowCommand(slow.id(), slow.seconds(), slow.micros(), slow.command()))
                            .toList());
        } finally {
            locks.releaseAll();
        }
    }

    private static List<Database> databases(Engine engine) {
        List<Database> all = Database.all(engine.databases());
        if (all.isEmpty() || all.get(0).number() != 0) {
            all.add(0, new Database(0, 0, 0));
        }
        return List.copyOf(all);
    }

    private static SortedMap<String, Long> errors(Engine engine) {
        SortedMap<String, Long> errors = new TreeMap<>();
        engine.errorsByCode().forEach((code, count) -> errors.put(code, count.sum()));
        return errors;
    }

    /**
     * For how long the server has run.
     *
     * @return whole seconds
     */
    public long uptimeSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(server.uptimeNanos);
    }

    /**
     * All keys.
     *
     * @return how many there are in all databases
     */
    public long keys() {
        return databases.stream().mapToLong(Database::keys).sum();
    }
}
