package io.miniredis.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The server's directives and their values: the one place that declares each directive. Reading is free of locks; changes are
 * made by one thread at a time, all of a call or none.
 */
public final class Settings {

    /** Hears of changes. */
    interface Listener {
        /**
         * Values have changed.
         *
         * @param settings with the new values
         */
        void changed(Settings settings);
    }

    private final Map<String, Directive> directives = new LinkedHashMap<>();

    /** Replaced as a whole at each change, so that reading waits for nobody: who reads may hold locks that a listener wants. */
    private volatile Map<String, String> values = Map.of();

    /** The numbers that somebody {@linkplain #follow follows}, by directive. */
    private final Map<String, AtomicLong> followed = new HashMap<>();

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** What {@code maxmemory-policy} may be; empty, and anything goes, until the policies have been found. */
    private volatile List<String> policies = List.of();

    // What the request path reads; the map is for everyone else.
    private volatile long maxMemoryBytes;
    private volatile int samples;
    private volatile long compactFrom;
    private volatile long evictionNanos;
    private volatile long maxBulkBytes;
    private volatile int maxClients;
    private volatile int timeoutSeconds;
    private volatile boolean tracksLatency;

    /** Creates settings with all directives at their defaults. */
    public Settings() {
        add(Directive.text("bind", "127.0.0.1", "ADDRESS", "Addresses to listen on, separated by blanks."));
        add(Directive.integer("port", 6379, 0, 65535, "PORT", "Port to listen on; 0 picks any free one."));
        add(Directive.memory("maxmemory", "0", "Memory the data may take, such as 100mb; 0 sets no limit.")
                .mutable());
        add(Directive.oneOf(
                        "maxmemory-policy",
                        () -> policies,
                        "noeviction",
                        "POLICY",
                        "What goes when maxmemory is reached, such as allkeys-lru.")
                .mutable());
        add(Directive.integer(
                        "maxmemory-samples", 5, 1, Integer.MAX_VALUE, "COUNT", "Keys that an eviction chooses among.")
                .mutable());
        add(Directive.integer(
                        "maxmemory-eviction-tenacity",
                        10,
                        0,
                        100,
                        "EFFORT",
                        "How long one command evicts: half a millisecond at 10, for as long as it takes at 100.")
                .mutable());
        add(Directive.integer(
                        "lfu-log-factor",
                        10,
                        0,
                        Integer.MAX_VALUE,
                        "FACTOR",
                        "How many uses it takes an LFU policy to count one more; 0 counts each.")
                .mutable());
        add(Directive.integer(
                        "lfu-decay-time",
                        1,
                        0,
                        Integer.MAX_VALUE,
                        "MINUTES",
                        "After how long without use an LFU policy counts one less; 0 for never.")
                .mutable());
        add(Directive.integer("databases", 16, 1, 10_000, "COUNT", "Databases that SELECT can choose."));
        add(Directive.integer(
                "io-threads", defaultIoThreads(), 1, 128, "COUNT", "Threads that read, execute and reply."));
        add(Directive.text("plugins-dir", "", "FOLDER", "Folder with plugin jars; the image's own plugins/ if empty."));
        add(Directive.text("logfile", "", "FILE", "File to log to; standard output if empty."));
        add(Directive.oneOf(
                "loglevel",
                () -> List.of("debug", "verbose", "notice", "warning"),
                "notice",
                "LEVEL",
                "How much to log: debug, verbose, notice or warning."));
        add(Directive.integer(
                        "timeout", 0, 0, Integer.MAX_VALUE, "SECONDS", "Closes clients idle for so long; 0 never does.")
                .mutable());
        add(Directive.integer(
                "tcp-keepalive", 300, 0, Integer.MAX_VALUE, "SECONDS", "Probes silent connections; 0 does not."));
        add(Directive.integer("maxclients", 10_000, 1, 1_000_000, "COUNT", "Clients at the same time.")
                .mutable());
        add(Directive.memory("proto-max-bulk-len", "512mb", "The largest argument a client may send.")
                .mutable());
        add(Directive.oneOf(
                "enable-debug-command",
                () -> List.of("no", "yes", "local"),
                "no",
                "WHO",
                "Who may send DEBUG: no, yes, or local for clients on this machine."));
        add(Directive.oneOf(
                "enable-module-command",
                () -> List.of("no", "yes", "local"),
                "local",
                "WHO",
                "Who may load and unload plugins: no, yes, or local for clients on this machine."));
        add(Directive.integer(
                        "slowlog-log-slower-than",
                        10_000,
                        -1,
                        Long.MAX_VALUE,
                        "MICROS",
                        "How long a command takes that the slow log shows; 0 shows all, -1 none.")
                .mutable());
        add(Directive.integer("slowlog-max-len", 128, 0, Long.MAX_VALUE, "COUNT", "Entries that the slow log keeps.")
                .mutable());
        add(Directive.integer(
                        "latency-monitor-threshold",
                        0,
                        0,
                        Long.MAX_VALUE,
                        "MILLIS",
                        "How long an event takes that LATENCY shows; 0 shows none.")
                .mutable());
        add(Directive.yesNo("latency-tracking", "yes", "Whether to count how long each command takes.")
                .mutable());
        add(Directive.percentiles(
                        "latency-tracking-info-percentiles",
                        "50 99 99.9",
                        "Percentiles of these times in INFO, separated by blanks; may be empty.")
                .mutable());
        add(Directive.text("requirepass", "", "PASSWORD", "Password of the user default; empty if it needs none.")
                .mutable());
        add(Directive.yesNo(
                        "protected-mode",
                        "yes",
                        "Refuses clients of other machines while anybody may do anything, without a password.")
                .mutable());
        add(Directive.text("aclfile", "", "FILE", "File with the users and what they may do."));
        add(Directive.oneOf(
                        "acl-pubsub-default",
                        () -> List.of("allchannels", "resetchannels"),
                        "resetchannels",
                        "WHICH",
                        "Channels of a new user: allchannels or resetchannels.")
                .mutable());
        add(Directive.integer("acllog-max-len", 128, 0, Long.MAX_VALUE, "COUNT", "Refusals that ACL LOG keeps.")
                .mutable());
        add(Directive.of(
                        "client-output-buffer-limit",
                        new OutputLimits.Value(),
                        OutputLimits.DEFAULT,
                        "CLASS HARD SOFT SECONDS",
                        "What may wait for clients of a class, normal or pubsub: never more than HARD, nor than SOFT for so long.")
                .mutable());
        add(Directive.of(
                        "notify-keyspace-events",
                        Notifications::canonical,
                        "",
                        "CLASSES",
                        "Which changes to keys are published: K and E say where, A or g$lshzxetdmn what.")
                .mutable());
        add(Directive.integer(
                        "tracking-table-max-keys",
                        1_000_000,
                        0,
                        Long.MAX_VALUE,
                        "COUNT",
                        "Keys whose copies at clients are tracked at the same time; 0 sets no limit.")
                .mutable());
        add(Directive.integer(
                        "compact-values-from",
                        512,
                        0,
                        Long.MAX_VALUE,
                        "COUNT",
                        "Values in a database that are objects, about, from which on small ones are kept as bytes.")
                .mutable());
        add(Directive.integer(
                "metrics-port",
                0,
                0,
                65535,
                "PORT",
                "Port of the metrics and their live page, over HTTP; 0 for none."));
        add(Directive.text("metrics-bind", "127.0.0.1", "ADDRESS", "Address that the metrics are served on."));
        add(Directive.text("save", "", "", "Always empty: nothing is written to disk."));
        add(Directive.text("appendonly", "no", "", "Always no: nothing is written to disk."));
        Map<String, String> defaults = new HashMap<>();
        directives.forEach((name, directive) -> defaults.put(name, directive.defaultValue()));
        replace(defaults);
    }

    private static int defaultIoThreads() {
        return Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    }

    private void add(Directive directive) {
        directives.put(directive.name(), directive);
    }

    /**
     * All directives.
     *
     * @return in the order of their declaration
     */
    public Collection<Directive> directives() {
        return List.copyOf(directives.values());
    }

    /**
     * A directive by name.
     *
     * @param name in any case
     * @return the directive; null if there is none
     */
    public Directive directive(String name) {
        return directives.get(name.toLowerCase(Locale.ROOT));
    }

    /**
     * The value of a directive.
     *
     * @param name the directive's name, which must exist
     * @return the value in canonical form
     */
    public String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw unknown(name);
        }
        return value;
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("there is no directive '" + name + "'");
    }

    /**
     * Sets a directive, whether or not it can change later; for start-up.
     *
     * @param name the directive's name, which must exist
     * @param text the value
     * @throws IllegalArgumentException with an explanation, if the directive does not take the value
     */
    public synchronized void set(String name, String text) {
        Directive directive = directives.get(name);
        if (directive == null) {
            throw unknown(name);
        }
        replace(Map.of(name, directive.changed(get(name), text)));
    }

    /** Sets several directives at once. All values have been checked with {@link Directive#canonical}. */
    void setAll(Map<String, String> canonical) {
        synchronized (this) {
            replace(canonical);
        }
        for (Listener listener : listeners) {
            listener.changed(this);
        }
    }

    void listen(Listener listener) {
        listeners.add(listener);
    }

    /**
     * Says which values {@code maxmemory-policy} takes, and checks the one it has.
     *
     * @throws IllegalArgumentException if that is none of them
     */
    synchronized void allowPolicies(List<String> names) {
        policies = List.copyOf(names);
        try {
            set("maxmemory-policy", get("maxmemory-policy"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "maxmemory-policy '" + get("maxmemory-policy") + "': " + e.getMessage(), e);
        }
    }

    private void replace(Map<String, String> changes) {
        Map<String, String> changed = new HashMap<>(values);
        changed.putAll(changes);
        values = Map.copyOf(changed);
        maxMemoryBytes = number("maxmemory");
        samples = (int) number("maxmemory-samples");
        compactFrom = number("compact-values-from");
        evictionNanos = evictionNanos((int) number("maxmemory-eviction-tenacity"));
        maxBulkBytes = number("proto-max-bulk-len");
        maxClients = (int) number("maxclients");
        timeoutSeconds = (int) number("timeout");
        tracksLatency = get("latency-tracking").equals("yes");
        followed.forEach((name, number) -> number.set(number(name)));
    }

    /**
     * The value of a directive that is a number.
     *
     * @param name the directive's name, which must exist
     * @return the number
     */
    public long number(String name) {
        return Long.parseLong(get(name));
    }

    /**
     * The value of a directive that is a number, now and after each change, for who reads it too often to look it up.
     *
     * @throws IllegalArgumentException if there is no such directive, or it is not a number
     */
    synchronized LongSupplier follow(String name) {
        return followed.computeIfAbsent(name, number -> new AtomicLong(number(number)))::get;
    }

    /** 0 if there is no limit. */
    long maxMemoryBytes() {
        return maxMemoryBytes;
    }

    boolean tracksLatency() {
        return tracksLatency;
    }

    int samples() {
        return samples;
    }

    /** From how many objects in a table on small values are packed. */
    long compactFrom() {
        return compactFrom;
    }

    /** How long one command evicts, at most; {@link Long#MAX_VALUE} for as long as it takes. */
    long evictionNanos() {
        return evictionNanos;
    }

    /** As in Redis: 50 microseconds for each step up to 10, from there on 15 percent more than the step before. */
    private static long evictionNanos(int tenacity) {
        if (tenacity == 100) {
            return Long.MAX_VALUE;
        }
        long stepNanos = TimeUnit.MICROSECONDS.toNanos(50);
        return tenacity <= 10 ? tenacity * stepNanos : (long) (10 * stepNanos * Math.pow(1.15, tenacity - 10));
    }

    int maxClients() {
        return maxClients;
    }

    /**
     * The largest argument that a client may send.
     *
     * @return bytes
     */
    public long maxBulkBytes() {
        return maxBulkBytes;
    }

    /**
     * How long a client may be idle.
     *
     * @return seconds; 0 for ever
     */
    public int timeoutSeconds() {
        return timeoutSeconds;
    }
}
