package io.miniredis.engine;

import java.io.IOException;

/** What the engine asks of the program that it runs in. Called from any thread. */
public interface Host {

    /** Begins an orderly stop of the whole program, and returns at once. */
    void shutdown();

    /**
     * The port that clients connect to.
     *
     * @return a port; 0 if there is none
     */
    int port();

    /**
     * The configuration file that was read.
     *
     * @return its absolute path; empty if there was none
     */
    String configFile();

    /**
     * Writes the directives as they are now into the configuration file, all of it or nothing.
     *
     * @throws IOException if it cannot be written
     */
    default void rewriteConfigFile() throws IOException {
        throw new IOException("not possible here");
    }
}
