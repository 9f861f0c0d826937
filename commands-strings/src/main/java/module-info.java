/** Strings and their commands. */
module io.miniredis.commands.strings {
    requires io.miniredis.api;
}
