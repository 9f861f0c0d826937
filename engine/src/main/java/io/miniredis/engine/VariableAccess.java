package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import java.util.EnumSet;
import java.util.Set;

/** What a command does to a key where that depends on its other arguments, so that its spec can only say the most that it may be. */
final class VariableAccess {
    private static final Set<Access> READS = EnumSet.of(Access.RO, Access.ACCESS);
    private static final Set<Access> OVERWRITES = EnumSet.of(Access.OW, Access.UPDATE);

    private VariableAccess() {}

    /** What a command with these arguments does to a key that a spec of its has found. */
    static Set<Access> of(CommandSpec command, KeySpec keys, Args args) {
        if (!keys.access().contains(Access.VARIABLE_FLAGS)) {
            return keys.access();
        }
        if (command.name().equals("set") && !gets(args)) {
            return OVERWRITES;
        }
        if (command.name().equals("bitfield") && !mayWrite(args)) {
            return READS;
        }
        Set<Access> most = EnumSet.copyOf(keys.access());
        most.remove(Access.VARIABLE_FLAGS);
        return most;
    }

    private static boolean gets(Args args) {
        for (int i = 3; i < args.size(); i++) {
            if (args.is(i, "GET")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a BITFIELD has anything but GET with its two arguments and OVERFLOW with one. */
    private static boolean mayWrite(Args args) {
        int i = 2;
        while (i < args.size()) {
            if (args.is(i, "GET") && i + 2 < args.size()) {
                i += 3;
            } else if (args.is(i, "OVERFLOW") && i + 1 < args.size()) {
                i += 2;
            } else {
                return true;
            }
        }
        return false;
    }
}
