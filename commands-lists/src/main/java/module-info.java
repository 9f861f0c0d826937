import io.miniredis.api.CommandHandler;
import io.miniredis.api.ValueType;
import io.miniredis.commands.lists.ListType;
import io.miniredis.commands.lists.Llen;
import io.miniredis.commands.lists.Lpop;
import io.miniredis.commands.lists.Lpush;
import io.miniredis.commands.lists.Lrange;
import io.miniredis.commands.lists.Rpop;
import io.miniredis.commands.lists.Rpush;

/** Lists and their commands. */
module io.miniredis.commands.lists {
    requires io.miniredis.api;

    provides ValueType with
            ListType;
    provides CommandHandler with
            Llen,
            Lpop,
            Lpush,
            Lrange,
            Rpop,
            Rpush;
}
