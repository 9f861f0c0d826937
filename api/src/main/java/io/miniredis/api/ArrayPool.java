package io.miniredis.api;

/**
 * Arrays for values to lie in, which are used again when a value lets go of them. What lives for a while and then goes, like the parts of a
 * queue, is garbage that a collector finds only when the whole heap is full of it; arrays that go round are used until then.
 *
 * <p>It pays for arrays from 256 bytes to 4 MB that are kept for long; others are made anew and left to the collector. What was given
 * away takes no memory from anybody: the pool refers to it weakly, and the collector takes what it finds.
 *
 * <p>Who gives an array away that is still used, or gives it twice, has two values share it: each destroys the other. Thread-safe;
 * each method takes O(1).
 */
public interface ArrayPool {

    /** A pool that keeps nothing, for values that are made where there is no keyspace. */
    ArrayPool NONE = new ArrayPool() {
        @Override
        public byte[] take(int length) {
            return new byte[length];
        }

        @Override
        public void give(byte[] array) {
            // the collector takes it
        }
    };

    /**
     * Takes an array.
     *
     * @param length how long it has to be at least; a power of two, and each of seven steps from one to the next, is a length that arrays
     *     have
     * @return an array that is less than an eighth longer, or a third if there is one to be used again; what is in it is undefined
     */
    byte[] take(int length);

    /**
     * Gives away an array, of whatever length and origin, that nobody will read or write any more: no reply that is not written
     * yet, for instance.
     *
     * @param array the array
     */
    void give(byte[] array);
}
