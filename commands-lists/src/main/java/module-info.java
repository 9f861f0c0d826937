import io.miniredis.api.CommandHandler;
import io.miniredis.api.ValueType;
import io.miniredis.commands.lists.Blmove;
import io.miniredis.commands.lists.Blmpop;
import io.miniredis.commands.lists.Blpop;
import io.miniredis.commands.lists.Brpop;
import io.miniredis.commands.lists.Brpoplpush;
import io.miniredis.commands.lists.Lindex;
import io.miniredis.commands.lists.Linsert;
import io.miniredis.commands.lists.ListType;
import io.miniredis.commands.lists.Llen;
import io.miniredis.commands.lists.Lmove;
import io.miniredis.commands.lists.Lmpop;
import io.miniredis.commands.lists.Lpop;
import io.miniredis.commands.lists.Lpos;
import io.miniredis.commands.lists.Lpush;
import io.miniredis.commands.lists.Lpushx;
import io.miniredis.commands.lists.Lrange;
import io.miniredis.commands.lists.Lrem;
import io.miniredis.commands.lists.Lset;
import io.miniredis.commands.lists.Ltrim;
import io.miniredis.commands.lists.Rpop;
import io.miniredis.commands.lists.Rpoplpush;
import io.miniredis.commands.lists.Rpush;
import io.miniredis.commands.lists.Rpushx;

/** Lists and their commands. */
module io.miniredis.commands.lists {
    requires io.miniredis.api;

    provides ValueType with
            ListType;
    provides CommandHandler with
            Blmove,
            Blmpop,
            Blpop,
            Brpop,
            Brpoplpush,
            Lindex,
            Linsert,
            Llen,
            Lmove,
            Lmpop,
            Lpop,
            Lpos,
            Lpush,
            Lpushx,
            Lrange,
            Lrem,
            Lset,
            Ltrim,
            Rpop,
            Rpoplpush,
            Rpush,
            Rpushx;
}
