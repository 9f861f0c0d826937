package io.miniredis.testkit;

/**
 * What all keys, values and tables of a server occupy at one moment. Both numbers must be the same.
 *
 * @param accountedBytes what {@code used_memory} says
 * @param weighedBytes what the objects occupy, each with its header and padding, found by following references
 */
public record MemoryAccount(long accountedBytes, long weighedBytes) {}
