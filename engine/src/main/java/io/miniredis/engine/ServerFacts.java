package io.miniredis.engine;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Locale;

/** What INFO says about this run of the server and does not change. */
final class ServerFacts {
    /** By the wall clock. */
    final long startMillis;

    /** By the clock that is never put forward or back. */
    final long startNanos;

    /** Forty hexadecimal digits, new at every start. */
    final String runId;
    /** The same for replicas, of which there are none. */
    final String replicationId;

    final String version;

    ServerFacts(Ticker ticker) {
        startMillis = ticker.millis();
        startNanos = ticker.nanos();
        SecureRandom random = new SecureRandom();
        runId = id(random);
        replicationId = id(random);
        Module module = ServerFacts.class.getModule();
        version = module.isNamed() ? module.getDescriptor().rawVersion().orElse("unknown") : "unknown";
    }

    private static String id(SecureRandom random) {
        return String.format(Locale.ROOT, "%040x", new BigInteger(160, random));
    }
}
