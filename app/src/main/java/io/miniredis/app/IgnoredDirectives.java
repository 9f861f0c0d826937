package io.miniredis.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Directives of Redis that this server has no use for, but that do no harm to whoever sets them: a file that was written for
 * Redis loads, with a warning for each. What is neither here nor in the server's own settings is refused, because somebody
 * who sets {@code replicaof} must not believe that it works.
 *
 * <p>The groups are by what the warning says.
 */
final class IgnoredDirectives {
    /** The reasons by directive. */
    private static final Map<String, String> REASONS = new HashMap<>();

    static {
        // How and when files are written: harmless, because the data is in memory alone whatever they say.
        because("nothing is written to disk", """
                dir dbfilename rdbcompression rdbchecksum rdb-del-sync-files rdb-save-incremental-fsync rdb-key-save-delay
                stop-writes-on-bgsave-error sanitize-dump-payload key-load-delay loading-process-events-interval-bytes
                appendfilename appenddirname appendfsync no-appendfsync-on-rewrite auto-aof-rewrite-percentage
                auto-aof-rewrite-min-size aof-load-truncated aof-use-rdb-preamble aof-timestamp-enabled
                aof-rewrite-incremental-fsync aof_rewrite_cpulist bgsave_cpulist enable-protected-configs save appendonly""");

        // How a process becomes a service: whoever starts the server, starts it in the foreground.
        because(
                "the server stays in the foreground, as a service manager or a container wants it",
                "daemonize pidfile supervised");

        // How the process looks and where it runs: a wish of the operator, without effect on any reply.
        because("it is a property of the operating system's process that is left alone here", """
                always-show-logo set-proc-title proc-title-template locale-collate oom-score-adj oom-score-adj-values
                disable-thp server_cpulist bio_cpulist io-threads-do-reads jemalloc-bg-thread crash-log-enabled
                crash-memcheck-enabled syslog-enabled syslog-ident syslog-facility ignore-warnings activedefrag
                active-defrag-ignore-bytes active-defrag-threshold-lower active-defrag-threshold-upper
                active-defrag-cycle-min active-defrag-cycle-max active-defrag-max-scan-fields
                use-exit-on-panic shutdown-timeout shutdown-on-sigint shutdown-on-sigterm""");

        // How sockets behave: the defaults of the operating system serve.
        because(
                "sockets are the operating system's default",
                "tcp-backlog bind-source-addr socket-mark-id unixsocketperm");

        // How data is laid out in memory: tuning with the same replies either way.
        because("values are laid out in memory in a way of their own", """
                hash-max-listpack-entries hash-max-listpack-value hash-max-ziplist-entries hash-max-ziplist-value
                list-max-listpack-size list-max-ziplist-size list-compress-depth set-max-intset-entries
                set-max-listpack-entries set-max-listpack-value zset-max-listpack-entries zset-max-listpack-value
                zset-max-ziplist-entries zset-max-ziplist-value hll-sparse-max-bytes stream-node-max-bytes
                stream-node-max-entries activerehashing""");

        // When work in the background happens: the server does its own at its own times.
        because("work in the background follows a schedule of its own", """
                hz dynamic-hz active-expire-effort lazyfree-lazy-eviction lazyfree-lazy-expire lazyfree-lazy-server-del
                lazyfree-lazy-user-del lazyfree-lazy-user-flush replica-lazy-flush slave-lazy-flush""");

        // Limits of features that are not there, or that have limits of their own.
        because("the server has limits of its own", """
                client-query-buffer-limit maxmemory-clients lua-time-limit busy-reply-threshold""");

        // How a replica or a cluster behaves, for servers that are one: "replicaof" itself is refused.
        because("there is no replication", """
                replica-serve-stale-data slave-serve-stale-data replica-read-only slave-read-only repl-diskless-sync
                repl-diskless-sync-delay repl-diskless-sync-max-replicas repl-diskless-sync-period repl-diskless-load
                repl-disable-tcp-nodelay repl-backlog-size repl-backlog-ttl repl-timeout repl-ping-replica-period
                repl-ping-slave-period replica-priority slave-priority replica-announced replica-announce-ip
                slave-announce-ip replica-announce-port slave-announce-port replica-ignore-maxmemory
                slave-ignore-maxmemory replica-ignore-disk-write-errors propagation-error-behavior
                min-replicas-to-write min-slaves-to-write min-replicas-max-lag min-slaves-max-lag""");
        because("there is no cluster", """
                cluster-enabled cluster-config-file cluster-node-timeout cluster-port cluster-replica-validity-factor
                cluster-slave-validity-factor cluster-migration-barrier cluster-allow-replica-migration
                cluster-require-full-coverage cluster-replica-no-failover cluster-slave-no-failover
                cluster-allow-reads-when-down cluster-allow-pubsubshard-when-down cluster-link-sendbuf-limit
                cluster-announce-ip cluster-announce-port cluster-announce-tls-port cluster-announce-bus-port
                cluster-announce-hostname cluster-preferred-endpoint-type""");
        because("there is no encryption", "tls-port");
    }

    /** Values that say what the server does anyway: they deserve no warning. */
    private static final Map<String, String> TRUE_ANYWAY = Map.ofEntries(
            Map.entry("save", ""),
            Map.entry("appendonly", "no"),
            Map.entry("daemonize", "no"),
            Map.entry("supervised", "no"),
            Map.entry("syslog-enabled", "no"),
            Map.entry("activedefrag", "no"),
            Map.entry("min-replicas-to-write", "0"),
            Map.entry("min-slaves-to-write", "0"),
            Map.entry("cluster-enabled", "no"),
            Map.entry("tls-port", "0"));

    /** With any other value, somebody relies on what does not happen: better not to start. */
    private static final Set<String> REFUSED_OTHERWISE =
            Set.of("appendonly", "min-replicas-to-write", "min-slaves-to-write", "cluster-enabled", "tls-port");

    private IgnoredDirectives() {}

    private static void because(String reason, String directives) {
        for (String directive : directives.split("\\s+", -1)) {
            REASONS.put(directive, reason);
        }
    }

    static boolean contains(String directive) {
        return REASONS.containsKey(directive);
    }

    /** Whether the values ask for nothing but what is so anyway. */
    static boolean isTrueAnyway(String directive, List<String> values) {
        return String.join(" ", values).equalsIgnoreCase(TRUE_ANYWAY.get(directive));
    }

    /** Whether the server should not start with such a directive, unless {@linkplain #isTrueAnyway its values are true anyway}. */
    static boolean isRefused(String directive) {
        return REFUSED_OTHERWISE.contains(directive);
    }

    /** All of them, in alphabetical order. */
    static Set<String> names() {
        return new TreeSet<>(REASONS.keySet());
    }

    /** Why the directive has no effect. */
    static String reason(String directive) {
        return REASONS.get(directive);
    }
}
