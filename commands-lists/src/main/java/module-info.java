/** Lists and their commands. */
module io.miniredis.commands.lists {
    requires io.miniredis.api;
}
