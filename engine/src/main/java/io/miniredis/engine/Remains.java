package io.miniredis.engine;

/**
 * What is gone and to be used again, piece by piece, until the collector finds it, which nothing here keeps it from. Guarded by the lock
 * of the shard where it was.
 */
abstract class Remains {
    /** What else remains; null if nothing does. */
    final Remains before;

    Remains(Remains before) {
        this.before = before;
    }

    /** Gives some of it away, so little that nobody waits long. Returns whether nothing is left. */
    abstract boolean giveSome(Spares spares);
}
