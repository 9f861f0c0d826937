package io.miniredis.api;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where some of a command's keys are among its arguments, and what happens to them. A spec first finds the argument where to
 * begin, at an index or after a keyword, then the keys from there, in a range or counted by an argument; the same model as
 * Redis's key specifications. Immutable.
 */
public final class KeySpec {

    /** What a command does with a key, as {@code COMMAND INFO} names it. */
    public enum Access {
        /** Only reads. */
        RO,
        /** Reads and writes. */
        RW,
        /** Overwrites without looking. */
        OW,
        /** Removes. */
        RM,
        /** The reply depends on the value. */
        ACCESS,
        /** Changes a value that is there. */
        UPDATE,
        /** Adds data. */
        INSERT,
        /** Removes data. */
        DELETE,
        /** Not really a key. */
        NOT_KEY,
        /** Finds some but not all keys. */
        INCOMPLETE,
        /** Its other flags may vary with the arguments. */
        VARIABLE_FLAGS;

        /**
         * The name that Redis prints.
         *
         * @return the first four in upper case, the others in lower case
         */
        public String label() {
            return compareTo(ACCESS) < 0 ? name() : name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int NOWHERE = Integer.MIN_VALUE;

    private final String keyword;
    private final int start;
    private final int countOffset;
    private final int first;
    private final int last;
    private final int step;
    private final Set<Access> access;
    private final String notes;

    private KeySpec(String keyword, int start, int countOffset, int first, int last, int step, Access[] access) {
        this.keyword = keyword;
        this.start = start;
        this.countOffset = countOffset;
        this.first = first;
        this.last = last;
        this.step = step;
        this.access = Collections.unmodifiableSet(
                access.length == 0 ? EnumSet.noneOf(Access.class) : EnumSet.copyOf(Arrays.asList(access)));
        notes = null;
    }

    private KeySpec(KeySpec original, String notes) {
        keyword = original.keyword;
        start = original.start;
        countOffset = original.countOffset;
        first = original.first;
        last = original.last;
        step = original.step;
        access = original.access;
        this.notes = notes;
    }

    /**
     * The same, with a remark for {@code COMMAND INFO}.
     *
     * @param remark one sentence
     * @return the spec
     */
    public KeySpec withNotes(String remark) {
        return new KeySpec(this, remark);
    }

    /**
     * A remark for {@code COMMAND INFO}.
     *
     * @return one sentence; null if there is none
     */
    public String notes() {
        return notes;
    }

    /**
     * One key at a fixed place.
     *
     * @param index which argument, 1 or more
     * @param access what happens to it; {@code RO, RW, OW} or {@code RM} first
     * @return the spec
     */
    public static KeySpec at(int index, Access... access) {
        return new KeySpec(null, index, -1, 0, 0, 1, access);
    }

    /**
     * Keys from one place to another.
     *
     * @param first the first key's index, 1 or more
     * @param last the last key's index; negative counts from the last argument, which is -1
     * @param step from one key to the next
     * @param access what happens to them
     * @return the spec
     */
    public static KeySpec range(int first, int last, int step, Access... access) {
        return new KeySpec(null, first, -1, 0, last < 0 ? last : last - first, step, access);
    }

    /**
     * Keys counted by an argument before them, as in {@code LMPOP numkeys key [key ...]}.
     *
     * @param countIndex the index of the count, 1 or more; the keys follow it
     * @param access what happens to them
     * @return the spec
     */
    public static KeySpec counted(int countIndex, Access... access) {
        return new KeySpec(null, countIndex, 0, 1, 0, 1, access);
    }

    /**
     * One key after a keyword, as in {@code SORT ... STORE key}.
     *
     * @param keyword the word, in upper case
     * @param from where to begin looking; negative looks backwards from the end
     * @param access what happens to it
     * @return the spec
     */
    public static KeySpec after(String keyword, int from, Access... access) {
        return new KeySpec(keyword, from, -1, 0, 0, 1, access);
    }

    /**
     * Keys that no spec can find, because they follow from values or stand anywhere, as those of {@code SORT ... BY} do. While
     * a command with such a spec runs, all keys are locked.
     *
     * @param access what happens to them
     * @return the spec
     */
    public static KeySpec unknown(Access... access) {
        return new KeySpec(null, NOWHERE, -1, 0, 0, 1, access);
    }

    /**
     * Whether the spec only says that there are keys, not where.
     *
     * @return true for {@link #unknown}
     */
    public boolean isUnknown() {
        return keyword == null && start == NOWHERE;
    }

    /**
     * The word that the keys follow.
     *
     * @return a word in upper case; null if they begin at a fixed index
     */
    public String keyword() {
        return keyword;
    }

    /**
     * Where the keys begin, or where the search for the keyword does.
     *
     * @return an index; negative, for a keyword only, from the end; meaningless for {@link #unknown}
     */
    public int start() {
        return start;
    }

    /**
     * Whether an argument counts the keys.
     *
     * @return true for {@link #counted}
     */
    public boolean isCounted() {
        return countOffset >= 0;
    }

    /**
     * The first key, counted from where the keys begin.
     *
     * @return 0, or 1 for {@link #counted}
     */
    public int first() {
        return first;
    }

    /**
     * The last key of a range, counted from where the keys begin; negative counts from the last argument.
     *
     * @return an offset
     */
    public int last() {
        return last;
    }

    /**
     * From one key to the next.
     *
     * @return 1 or more
     */
    public int step() {
        return step;
    }

    /**
     * What happens to the keys.
     *
     * @return an immutable set
     */
    public Set<Access> access() {
        return access;
    }

    /**
     * Whether the keys may only be read.
     *
     * @return true if {@link Access#RO} is among the accesses
     */
    public boolean isReadOnly() {
        return access.contains(Access.RO);
    }
}
