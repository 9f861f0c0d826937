package io.miniredis.commands.lists;

/** One of a list's two ends. */
enum ListEnd {
    /** Where index 0 is. */
    HEAD,
    /** Where index -1 is. */
    TAIL
}
