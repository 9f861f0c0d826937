package io.miniredis.engine;

/**
 * How a client wants its copies of keys tracked.
 *
 * @param broadcast whether it hears of all keys with its prefixes, whatever it has read
 * @param optIn whether only what it reads after CLIENT CACHING YES is tracked
 * @param optOut whether what it reads after CLIENT CACHING NO is not tracked
 * @param noLoop whether it does not hear of what it changes itself
 * @param redirection the number of the client that is told instead; 0 if none
 */
record TrackingMode(boolean broadcast, boolean optIn, boolean optOut, boolean noLoop, long redirection) {}
