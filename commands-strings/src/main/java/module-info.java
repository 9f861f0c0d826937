import io.miniredis.api.CommandHandler;
import io.miniredis.api.ValueType;
import io.miniredis.commands.strings.Append;
import io.miniredis.commands.strings.Bitcount;
import io.miniredis.commands.strings.Bitfield;
import io.miniredis.commands.strings.BitfieldRo;
import io.miniredis.commands.strings.Bitop;
import io.miniredis.commands.strings.Bitpos;
import io.miniredis.commands.strings.Decr;
import io.miniredis.commands.strings.Decrby;
import io.miniredis.commands.strings.Get;
import io.miniredis.commands.strings.Getbit;
import io.miniredis.commands.strings.Getdel;
import io.miniredis.commands.strings.Getex;
import io.miniredis.commands.strings.Getrange;
import io.miniredis.commands.strings.Getset;
import io.miniredis.commands.strings.Incr;
import io.miniredis.commands.strings.Incrby;
import io.miniredis.commands.strings.Incrbyfloat;
import io.miniredis.commands.strings.Lcs;
import io.miniredis.commands.strings.Mget;
import io.miniredis.commands.strings.Mset;
import io.miniredis.commands.strings.Msetnx;
import io.miniredis.commands.strings.Psetex;
import io.miniredis.commands.strings.Set;
import io.miniredis.commands.strings.Setbit;
import io.miniredis.commands.strings.Setex;
import io.miniredis.commands.strings.Setnx;
import io.miniredis.commands.strings.Setrange;
import io.miniredis.commands.strings.StringType;
import io.miniredis.commands.strings.Strlen;
import io.miniredis.commands.strings.Substr;

/** Strings and their commands. */
module io.miniredis.commands.strings {
    requires io.miniredis.api;

    provides ValueType with
            StringType;
    provides CommandHandler with
            Append,
            Bitcount,
            Bitfield,
            BitfieldRo,
            Bitop,
            Bitpos,
            Decr,
            Decrby,
            Get,
            Getbit,
            Getdel,
            Getex,
            Getrange,
            Getset,
            Incr,
            Incrby,
            Incrbyfloat,
            Lcs,
            Mget,
            Mset,
            Msetnx,
            Psetex,
            Set,
            Setbit,
            Setex,
            Setnx,
            Setrange,
            Strlen,
            Substr;
}
