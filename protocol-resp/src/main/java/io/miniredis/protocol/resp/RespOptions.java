package io.miniredis.protocol.resp;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How a {@link RespServer} listens and what it allows its clients. Suppliers are asked again whenever the value matters, so that
 * it can change while the server runs; they must be cheap and thread-safe.
 */
public final class RespOptions {
    private final List<String> addresses;
    private final int port;
    private final int backlog;
    private final int ioThreads;
    private final IntSupplier idleTimeoutSeconds;
    private final IntSupplier keepAliveSeconds;
    private final LongSupplier maxBulkBytes;
    private final LongSupplier maxInputBytes;
    private final LongSupplier maxBufferBytes;

    private RespOptions(Builder builder) {
        addresses = builder.addresses;
        port = builder.port;
        backlog = builder.backlog;
        ioThreads = builder.ioThreads;
        idleTimeoutSeconds = builder.idleTimeoutSeconds;
        keepAliveSeconds = builder.keepAliveSeconds;
        maxBulkBytes = builder.maxBulkBytes;
        maxInputBytes = builder.maxInputBytes;
        maxBufferBytes = builder.maxBufferBytes;
    }

    /**
     * Begins with the defaults of Redis: 127.0.0.1, port 6379, one I/O thread, no idle timeout.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    List<String> addresses() {
        return addresses;
    }

    int port() {
        return port;
    }

    int backlog() {
        return backlog;
    }

    int ioThreads() {
        return ioThreads;
    }

    int idleTimeoutSeconds() {
        return idleTimeoutSeconds.getAsInt();
    }

    int keepAliveSeconds() {
        return keepAliveSeconds.getAsInt();
    }

    LongSupplier maxBulkBytes() {
        return maxBulkBytes;
    }

    long maxInputBytes() {
        return maxInputBytes.getAsLong();
    }

    LongSupplier maxBufferBytes() {
        return maxBufferBytes;
    }

    /** Collects options. */
    public static final class Builder {
        private List<String> addresses = List.of("127.0.0.1");
        private int port = 6379;
        private int backlog = 511;
        private int ioThreads = 1;
        private IntSupplier idleTimeoutSeconds = () -> 0;
        private IntSupplier keepAliveSeconds = () -> 300;
        private LongSupplier maxBulkBytes = () -> 512L << 20;
        private LongSupplier maxInputBytes = () -> 1L << 30;
        private LongSupplier maxBufferBytes = () -> Long.MAX_VALUE;

        private Builder() {}

        /**
         * Where to listen.
         *
         * @param value IPv4 and IPv6 addresses or host names; {@code *} and {@code ::*} are all addresses of the machine; one with
         *     a dash in front is skipped if the machine does not have it
         * @return this
         */
        public Builder addresses(List<String> value) {
            addresses = List.copyOf(value);
            return this;
        }

        /**
         * The port, the same on each address.
         *
         * @param value 1 to 65535, or 0 for any free one
         * @return this
         */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /**
         * How many connections may wait to be accepted.
         *
         * @param value the directive {@code tcp-backlog}
         * @return this
         */
        public Builder backlog(int value) {
            backlog = value;
            return this;
        }

        /**
         * How many threads serve connections, each its own.
         *
         * @param value 1 or more
         * @return this
         */
        public Builder ioThreads(int value) {
            ioThreads = value;
            return this;
        }

        /**
         * After what time without traffic a connection is closed.
         *
         * @param value the directive {@code timeout}, in seconds; 0 for never
         * @return this
         */
        public Builder idleTimeoutSeconds(IntSupplier value) {
            idleTimeoutSeconds = value;
            return this;
        }

        /**
         * After what time without traffic TCP asks whether the client is still there.
         *
         * @param value the directive {@code tcp-keepalive}, in seconds; 0 for never; applies to new connections
         * @return this
         */
        public Builder keepAliveSeconds(IntSupplier value) {
            keepAliveSeconds = value;
            return this;
        }

        /**
         * How long one argument may be.
         *
         * @param value the directive {@code proto-max-bulk-len}, in bytes
         * @return this
         */
        public Builder maxBulkBytes(LongSupplier value) {
            maxBulkBytes = value;
            return this;
        }

        /**
         * How much a client may send ahead of what is executed; one request must fit.
         *
         * @param value the directive {@code client-query-buffer-limit}, in bytes
         * @return this
         */
        public Builder maxInputBytes(LongSupplier value) {
            maxInputBytes = value;
            return this;
        }

        /**
         * How much memory the buffers of all connections may take together, what they receive and what they send, beyond a little that each
         * has in any case. When that is not enough those are cut off that hold most.
         *
         * @param value in bytes; without a limit by default
         * @return this
         */
        public Builder maxBufferBytes(LongSupplier value) {
            maxBufferBytes = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return the options
         * @throws IllegalArgumentException if a number is out of range or there is no address
         */
        public RespOptions build() {
            require(!addresses.isEmpty(), "no address to listen on");
            require(port >= 0 && port <= 65535, "port " + port + " is not between 0 and 65535");
            require(ioThreads >= 1, "there must be an I/O thread");
            require(backlog >= 1, "the backlog must be positive");
            return new RespOptions(this);
        }

        private static void require(boolean condition, String otherwise) {
            if (!condition) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
