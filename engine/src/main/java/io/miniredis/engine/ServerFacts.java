package io.miniredis.engine;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Locale;

/** What INFO says about this run of the server and does not change. */
final class ServerFacts {
    final long startMillis;
    /** Forty hexadecimal digits, new at every start. */
    final String runId;

    final String version;

    ServerFacts(long startMillis) {
        this.startMillis = startMillis;
        runId = String.format(Locale.ROOT, "%040x", new BigInteger(160, new SecureRandom()));
        Module module = ServerFacts.class.getModule();
        version = module.isNamed() ? module.getDescriptor().rawVersion().orElse("unknown") : "unknown";
    }
}
