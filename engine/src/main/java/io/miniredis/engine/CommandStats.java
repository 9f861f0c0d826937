package io.miniredis.engine;

/** What one worker counted of one command. Written by that worker alone; read by others, who may see it a moment late. */
final class CommandStats {
    long calls;
    long nanos;
    long rejected;
    long failed;

    /** Takes earlier numbers away. */
    void subtract(CommandStats before) {
        calls -= before.calls;
        nanos -= before.nanos;
        rejected -= before.rejected;
        failed -= before.failed;
    }
}
