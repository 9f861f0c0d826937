package io.miniredis.engine;

/** What all tables of a server give away when they have no use for it, and take when they need more. Thread-safe. */
final class Spares {
    /** Of values and slabs. */
    final SpareArrays arrays = new SpareArrays();

    /** Those of the largest capacity. */
    private final Discards<Segment> segments = new Discards<>(1);

    /** An empty segment. */
    Segment takeSegment(int depth, int capacity, Slabs slabs) {
        Segment spare = capacity == Segment.MAX_CAPACITY ? segments.poll(0) : null;
        return spare == null ? new Segment(depth, capacity, slabs) : spare.emptied(depth, slabs);
    }

    /** Gives a segment away, which nobody may use any more. */
    void giveSegment(Segment segment) {
        if (segment.capacity() == Segment.MAX_CAPACITY) {
            segments.push(0, segment);
        }
    }
}
