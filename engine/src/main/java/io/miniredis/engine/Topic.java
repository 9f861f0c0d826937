package io.miniredis.engine;

import io.miniredis.api.Slice;
import java.util.Arrays;

/** The name of a channel, or a pattern of such names. Immutable. */
final class Topic {
    /** Not to be changed. */
    final byte[] name;

    private final int hash;

    /** @param hash so keyed that nobody can choose names that meet */
    Topic(Slice name, long hash) {
        this.name = name.copy();
        this.hash = Long.hashCode(hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Topic topic && topic.hash == hash && Arrays.equals(topic.name, name);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
