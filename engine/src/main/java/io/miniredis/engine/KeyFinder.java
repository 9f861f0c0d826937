package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;
import io.miniredis.api.KeySpec;
import java.util.List;

/** Finds a command's keys among its arguments, as its {@link KeySpec}s say. Immutable. */
final class KeyFinder {

    /** Receives keys. */
    interface Found {
        /**
         * A key.
         *
         * @param argument its index among the arguments
         * @param spec which of the specs found it
         */
        void key(int argument, KeySpec spec);
    }

    private static final KeyFinder NONE = new KeyFinder(List.of(), null);

    private final KeySpec[] specs;

    /** Finds what no spec can; null if nothing is left to be found. */
    private final FindsKeys more;

    private KeyFinder(List<KeySpec> specs, FindsKeys more) {
        this.specs = specs.toArray(new KeySpec[0]);
        this.more = more;
    }

    /** @throws IllegalArgumentException if a spec cannot be followed */
    static KeyFinder of(List<KeySpec> specs) {
        specs.forEach(KeyFinder::check);
        return specs.isEmpty() ? NONE : new KeyFinder(specs, null);
    }

    /** @param more finds the keys that the specs do not */
    static KeyFinder of(List<KeySpec> specs, FindsKeys more) {
        specs.forEach(KeyFinder::check);
        return new KeyFinder(specs, more);
    }

    private static void check(KeySpec spec) {
        boolean begins = spec.isUnknown() || (spec.keyword() == null ? spec.start() > 0 : spec.start() != 0);
        if (!begins) {
            throw new IllegalArgumentException(
                    "a key spec begins at argument " + spec.start() + ", but 0 is the command");
        }
        if (spec.step() < 1) {
            throw new IllegalArgumentException(
                    "the step from key to key is " + spec.step() + ", but must be 1 or more");
        }
    }

    boolean findsNone() {
        return this == NONE;
    }

    /** Reports each key. Keys that a spec points at but that are not there are left out; the handler will complain. */
    void find(Args args, Found found) {
        for (KeySpec spec : specs) {
            int begin = begin(args, spec);
            if (begin > 0 && begin < args.size()) {
                findFrom(args, begin, spec, found);
            }
        }
        if (more != null) {
            more.findKeys(args, found);
        }
    }

    /** Whether all keys are there that the arguments count. */
    boolean findsAll(Args args) {
        for (KeySpec spec : specs) {
            int begin = begin(args, spec);
            if (spec.isCounted() && begin > 0 && !countFits(args, begin, spec)) {
                return false;
            }
        }
        return true;
    }

    private static boolean countFits(Args args, int index, KeySpec spec) {
        try {
            long count = index < args.size() ? args.integer(index) : 0;
            return count > 0 && count <= (args.size() - index - spec.first() + spec.step() - 1) / spec.step();
        } catch (CommandException notANumber) {
            return false;
        }
    }

    /** The index where a spec's keys begin; not positive if that is nowhere. */
    private static int begin(Args args, KeySpec spec) {
        return spec.keyword() == null ? spec.start() : findKeyword(args, spec);
    }

    private static void findFrom(Args args, int begin, KeySpec spec, Found found) {
        int last = spec.isCounted() ? begin + count(args, begin) : lastOfRange(args, begin, spec);
        for (int at = begin + spec.first(); at <= last && at < args.size(); at += spec.step()) {
            found.key(at, spec);
        }
    }

    private static int lastOfRange(Args args, int begin, KeySpec spec) {
        return spec.last() < 0 ? args.size() + spec.last() : begin + spec.last();
    }

    private static int count(Args args, int index) {
        try {
            return (int) Math.max(0, Math.min(args.integer(index), args.size()));
        } catch (CommandException notANumber) {
            return 0;
        }
    }

    /** Returns the index after the keyword, or -1. */
    private static int findKeyword(Args args, KeySpec spec) {
        int step = spec.start() < 0 ? -1 : 1;
        int at = spec.start() < 0 ? args.size() + spec.start() : spec.start();
        for (; at > 0 && at < args.size(); at += step) {
            if (args.is(at, spec.keyword())) {
                return at + 1;
            }
        }
        return -1;
    }
}
