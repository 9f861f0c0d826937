package io.miniredis.engine;

import java.util.Arrays;

/**
 * What one worker has counted. Plain fields: only that worker writes them, and INFO, which sums over all workers, may see a
 * number a moment late. Nobody waits for anybody to count.
 */
final class Counters {
    long commands;
    long hits;
    long misses;
    long expired;
    long evicted;
    long errors;
    long inputBytes;
    long outputBytes;
    long reads;
    long writes;

    /** Changes to the data set since the server started. */
    long changes;

    private CommandStats[] byCommand = {};

    CommandStats of(Command command) {
        if (command.number >= byCommand.length) {
            CommandStats[] larger = Arrays.copyOf(byCommand, command.number + 64);
            for (int i = byCommand.length; i < larger.length; i++) {
                larger[i] = new CommandStats();
            }
            byCommand = larger;
        }
        return byCommand[command.number];
    }

    /**
     * Forgets a command's longest run. The only thing that others than the worker write: at worst, a run that ends at this moment is
     * forgotten too, or is not.
     */
    void forgetLongest(int command) {
        CommandStats[] stats = byCommand;
        if (command < stats.length) {
            stats[command].longestNanos = 0;
        }
    }

    void lookedUp(boolean found) {
        if (found) {
            hits++;
        } else {
            misses++;
        }
    }

    /** Adds another worker's numbers. */
    void add(Counters other) {
        commands += other.commands;
        hits += other.hits;
        misses += other.misses;
        expired += other.expired;
        evicted += other.evicted;
        errors += other.errors;
        inputBytes += other.inputBytes;
        outputBytes += other.outputBytes;
        reads += other.reads;
        writes += other.writes;
        changes += other.changes;
    }

    /** Takes earlier numbers away. */
    void subtract(Counters before) {
        commands -= before.commands;
        hits -= before.hits;
        misses -= before.misses;
        expired -= before.expired;
        evicted -= before.evicted;
        errors -= before.errors;
        inputBytes -= before.inputBytes;
        outputBytes -= before.outputBytes;
        reads -= before.reads;
        writes -= before.writes;
    }

    /** Adds another worker's numbers of one command, which is given by its own number. */
    static void add(CommandStats sum, Counters other, int command) {
        CommandStats[] stats = other.byCommand;
        if (command < stats.length) {
            sum.add(stats[command]);
        }
    }
}
