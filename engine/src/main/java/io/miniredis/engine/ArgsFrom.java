package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;
import io.miniredis.api.Key;
import io.miniredis.api.Slice;

/** The arguments from some index on: a command within a command's arguments. It has no keys. */
final class ArgsFrom implements Args {
    private final Args all;
    private final int start;

    ArgsFrom(Args all, int start) {
        this.all = all;
        this.start = start;
    }

    @Override
    public int size() {
        return all.size() - start;
    }

    @Override
    public Slice slice(int index) {
        return all.slice(start + index);
    }

    @Override
    public boolean is(int index, String token) {
        return all.is(start + index, token);
    }

    @Override
    public long integer(int index) throws CommandException {
        return all.integer(start + index);
    }

    @Override
    public Key key(int index) {
        throw new IllegalArgumentException("these arguments are looked at, not run");
    }
}
