package io.miniredis.api;

/**
 * Where some of a command's channels are among its arguments, for access control: a user may publish and subscribe only to channels
 * that its rules allow. Immutable.
 */
public final class ChannelSpec {
    private final int first;
    private final int last;
    private final int step;
    private final boolean patterns;

    private ChannelSpec(int first, int last, int step, boolean patterns) {
        if (first < 1 || step < 1) {
            throw new IllegalArgumentException(
                    "channels begin at argument " + first + " with a step of " + step + "; both must be 1 or more");
        }
        this.first = first;
        this.last = last;
        this.step = step;
        this.patterns = patterns;
    }

    /**
     * One channel at a fixed place.
     *
     * @param index which argument, 1 or more
     * @return the spec
     */
    public static ChannelSpec at(int index) {
        return new ChannelSpec(index, index, 1, false);
    }

    /**
     * Channels from one place to another.
     *
     * @param first the first channel's index, 1 or more
     * @param last the last channel's index; negative counts from the last argument, which is -1
     * @param step from one channel to the next, 1 or more
     * @return the spec
     */
    public static ChannelSpec range(int first, int last, int step) {
        return new ChannelSpec(first, last, step, false);
    }

    /**
     * The same places, where patterns stand, each for all channels that it matches.
     *
     * @return the spec
     */
    public ChannelSpec asPatterns() {
        return new ChannelSpec(first, last, step, true);
    }

    /**
     * Where the channels begin.
     *
     * @return an index, 1 or more
     */
    public int first() {
        return first;
    }

    /**
     * Where the channels end.
     *
     * @return the last channel's index; negative counts from the last argument, which is -1
     */
    public int last() {
        return last;
    }

    /**
     * From one channel to the next.
     *
     * @return 1 or more
     */
    public int step() {
        return step;
    }

    /**
     * Whether the arguments are patterns.
     *
     * @return false if each is the name of a channel
     */
    public boolean arePatterns() {
        return patterns;
    }
}
