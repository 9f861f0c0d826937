import io.miniredis.api.CommandHandler;
import io.miniredis.api.ValueType;
import io.miniredis.commands.strings.Decr;
import io.miniredis.commands.strings.Decrby;
import io.miniredis.commands.strings.Get;
import io.miniredis.commands.strings.Incr;
import io.miniredis.commands.strings.Incrby;
import io.miniredis.commands.strings.Mget;
import io.miniredis.commands.strings.Mset;
import io.miniredis.commands.strings.Psetex;
import io.miniredis.commands.strings.Set;
import io.miniredis.commands.strings.Setex;
import io.miniredis.commands.strings.StringType;

/** Strings and their commands. */
module io.miniredis.commands.strings {
    requires io.miniredis.api;

    provides ValueType with
            StringType;
    provides CommandHandler with
            Decr,
            Decrby,
            Get,
            Incr,
            Incrby,
            Mget,
            Mset,
            Psetex,
            Set,
            Setex;
}
