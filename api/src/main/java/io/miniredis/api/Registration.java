package io.miniredis.api;

/** Something that was arranged with the server and goes on until it is closed, or until the plugin stops. Thread-safe. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    /** Ends what was arranged. What is under way is not waited for. To close it again does nothing. */
    @Override
    void close();
}
