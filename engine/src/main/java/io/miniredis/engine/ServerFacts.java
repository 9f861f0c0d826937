package io.miniredis.engine;

/** What INFO says about this run of the server and does not change. */
final class ServerFacts {
    private static final int ID_DIGITS = 40;

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
        runId = Passwords.random(ID_DIGITS);
        replicationId = Passwords.random(ID_DIGITS);
        Module module = ServerFacts.class.getModule();
        version = module.isNamed() ? module.getDescriptor().rawVersion().orElse("unknown") : "unknown";
    }
}
