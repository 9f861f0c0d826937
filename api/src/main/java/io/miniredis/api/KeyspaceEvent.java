package io.miniredis.api;

/**
 * A change to one key, named as Redis's keyspace notifications name it: {@code set}, {@code lpush}, {@code expire}, {@code del},
 * {@code expired} and so on. A command may cause several. Made by the server, valid during the call that it is given to.
 */
public interface KeyspaceEvent {

    /** Kinds of events; each with the letter that it has in Redis's {@code notify-keyspace-events}. */
    enum Type {
        /** What happens to keys of any type: {@code del}, {@code expire}, {@code rename_from}. */
        GENERIC('g'),
        /** A string changed. */
        STRING('$'),
        /** A list changed. */
        LIST('l'),
        /** A set changed. */
        SET('s'),
        /** A hash changed. */
        HASH('h'),
        /** A sorted set changed. */
        SORTED_SET('z'),
        /** A stream changed. */
        STREAM('t'),
        /** A value of any other type changed. */
        MODULE('d'),
        /** A key was removed because its time was over. */
        EXPIRED('x'),
        /** A key was removed because memory was full. */
        EVICTED('e');

        private final char letter;

        Type(char letter) {
            this.letter = letter;
        }

        /**
         * How a configuration names the kind.
         *
         * @return a character
         */
        public char letter() {
            return letter;
        }
    }

    /**
     * The database that the key is in.
     *
     * @return its number, 0 or more
     */
    int database();

    /**
     * The key's name.
     *
     * @return a view of its bytes, not to be changed; to be copied if it is kept
     */
    Slice key();

    /**
     * What happened.
     *
     * @return a name such as {@code incrby}
     */
    String name();

    /**
     * Of what kind it is.
     *
     * @return the kind
     */
    Type type();
}
