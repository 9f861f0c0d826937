package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Numbers;
import io.miniredis.api.Slice;
import io.miniredis.api.transport.RequestBatch;
import java.util.Arrays;

/**
 * The arguments of a worker's running command: a view of one request of a batch, with the keys that the command declares.
 * Reused from command to command; slices and keys are made once and kept.
 */
final class Arguments implements Args, KeyFinder.Found {
    /** What is kept for the next command; more than that serves one command and is dropped. */
    private static final int KEPT = 1024;

    private RequestBatch batch;
    private int request;
    private int first;
    private int size;
    private Slice[] slices = {};
    private final Slice scratch = new Slice();

    private final Databases databases;
    private KeyRef[] keys = {};
    private int keyCount;
    /** The key that was asked for last. */
    private int lastKey;

    private long command;
    private int database;

    Arguments(Databases databases) {
        this.databases = databases;
    }

    /** Points at a request. Its keys are found with {@link #bindKeys}. */
    void bind(RequestBatch requests, int number) {
        batch = requests;
        request = number;
        first = requests.firstArgument(number);
        size = requests.argumentCount(number);
        keyCount = 0;
        lastKey = -1;
    }

    /** Which batch this is a view of. */
    RequestBatch batch() {
        return batch;
    }

    /** Which request of it. */
    int request() {
        return request;
    }

    /** The request, to run it again when its batch is gone. */
    RequestBatch copy() {
        RequestBatch copy = new RequestBatch();
        copy.addCopy(batch, request);
        return copy;
    }

    /** What the arguments take, with what is between them in the request. */
    long bytes() {
        int last = first + size - 1;
        return (long) batch.offset(last) + batch.length(last) - batch.offset(first);
    }

    /** Forgets the keys that were found, to find others. */
    void forgetKeys() {
        keyCount = 0;
        lastKey = -1;
    }

    /** Finds the keys that a command declares. */
    void bindKeys(KeyFinder finder, long commandNumber, int selectedDatabase) {
        command = commandNumber;
        database = selectedDatabase;
        finder.find(this, this);
    }

    /** Forgets an unusually large command. */
    void trim() {
        if (slices.length > KEPT) {
            slices = new Slice[0];
        }
        if (keys.length > KEPT) {
            keys = new KeyRef[0];
        }
    }

    /** Takes the only key of a command, whose hash is known. */
    void bindKey(int argument, boolean readOnly, long hash, long commandNumber, int selectedDatabase) {
        command = commandNumber;
        database = selectedDatabase;
        add(argument, readOnly, hash);
    }

    @Override
    public void key(int argument, KeySpec spec) {
        int at = first + argument;
        add(argument, spec.isReadOnly(), databases.hash(batch.buffer(), batch.offset(at), batch.length(at)));
    }

    private void add(int argument, boolean readOnly, long hash) {
        if (keyCount == keys.length) {
            keys = Arrays.copyOf(keys, Math.max(4, keyCount * 2));
        }
        KeyRef key = keys[keyCount];
        if (key == null) {
            key = new KeyRef();
            keys[keyCount] = key;
        }
        keyCount++;
        point(key.name(), argument);
        key.command = command;
        key.argument = argument;
        key.readOnly = readOnly;
        key.hash = hash;
        key.tag = KeyHash.tag(hash);
        key.shard = databases.shardOf(hash);
        key.database = database;
        key.located = false;
        key.used = false;
        key.changing = null;
        key.changes = 0;
    }

    int keyCount() {
        return keyCount;
    }

    KeyRef keyAt(int position) {
        return keys[position];
    }

    /**
     * Whether the command declares a key, perhaps to write to it.
     *
     * @param key of another command that runs meanwhile
     */
    boolean declares(KeyRef key, boolean toWrite) {
        for (int i = 0; i < keyCount; i++) {
            KeyRef own = keys[i];
            if (own.hash == key.hash && own.name().contentEquals(key.name()) && !(toWrite && own.readOnly)) {
                return true;
            }
        }
        return false;
    }

    private void point(Slice slice, int argument) {
        slice.wrap(batch.buffer(), batch.offset(first + argument), batch.length(first + argument));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Slice slice(int index) {
        check(index);
        if (index >= slices.length) {
            slices = Arrays.copyOf(slices, Math.max(8, Math.max(index + 1, slices.length * 2)));
        }
        Slice slice = slices[index];
        if (slice == null) {
            slice = new Slice();
            slices[index] = slice;
        }
        point(slice, index);
        return slice;
    }

    private void check(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("argument " + index + " of " + size);
        }
    }

    @Override
    public boolean is(int index, String token) {
        check(index);
        point(scratch, index);
        return scratch.is(token);
    }

    @Override
    public long integer(int index) throws CommandException {
        check(index);
        point(scratch, index);
        return Numbers.integer(scratch);
    }

    /** Reads an argument as a 32-bit number. */
    static int intAt(Args args, int index) throws CommandException {
        long number = args.integer(index);
        if (number != (int) number) {
            throw new CommandException(
                    "ERR value is out of range, value must between " + Integer.MIN_VALUE + " and " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    @Override
    public Key key(int index) {
        // Handlers ask for their keys in order, so the next one is nearly always the first that is looked at.
        for (int i = 0; i < keyCount; i++) {
            lastKey = lastKey + 1 < keyCount ? lastKey + 1 : 0;
            if (keys[lastKey].argument == index) {
                return keys[lastKey];
            }
        }
        throw new IllegalArgumentException("the command's spec declares no key at argument " + index);
    }
}
