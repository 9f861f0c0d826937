package io.miniredis.api.transport;

import java.util.Arrays;

/**
 * The requests that one read brought, decoded but not copied: each argument is a place in {@link #buffer()}. All requests lie
 * in a few flat arrays, so that a pipeline of any depth costs no object, and the engine can look ahead over it. A batch is
 * reused: its owner clears and fills it, one thread at a time.
 */
public final class RequestBatch {
    private byte[] buffer = new byte[0];
    private int requests;
    private int arguments;
    /** The index of each request's first argument; one more entry than there are requests. */
    private int[] first = new int[65];

    private int[] ends = new int[64];
    private int[] offsets = new int[256];
    private int[] lengths = new int[256];

    /** Creates an empty batch. */
    public RequestBatch() {}

    /**
     * Empties the batch.
     *
     * @param input the array that the arguments to come lie in
     */
    public void clear(byte[] input) {
        buffer = input;
        requests = 0;
        arguments = 0;
        first[0] = 0;
    }

    /**
     * Adds an argument to the request that is being built.
     *
     * @param offset where it begins in the buffer
     * @param length how many bytes
     */
    public void addArgument(int offset, int length) {
        if (arguments == offsets.length) {
            offsets = Arrays.copyOf(offsets, arguments * 2);
            lengths = Arrays.copyOf(lengths, arguments * 2);
        }
        offsets[arguments] = offset;
        lengths[arguments++] = length;
    }

    /**
     * Completes the request that is being built.
     *
     * @param end where in the buffer the bytes after the request begin
     */
    public void endRequest(int end) {
        if (requests == ends.length) {
            first = Arrays.copyOf(first, requests * 2 + 1);
            ends = Arrays.copyOf(ends, requests * 2);
        }
        ends[requests++] = end;
        first[requests] = arguments;
    }

    /**
     * Adds a copy of a request, bytes and all, which stays whatever becomes of the original's buffer. Only for a batch of which every
     * request is such a copy.
     *
     * @param source the batch that the request is in
     * @param request which request
     */
    public void addCopy(RequestBatch source, int request) {
        int firstArgument = source.first[request];
        int endArgument = source.first[request + 1];
        long needed = requests == 0 ? 0 : ends[requests - 1];
        for (int i = firstArgument; i < endArgument; i++) {
            needed += source.lengths[i];
        }
        makeRoom(Math.toIntExact(needed));
        int at = requests == 0 ? 0 : ends[requests - 1];
        for (int i = firstArgument; i < endArgument; i++) {
            int length = source.lengths[i];
            System.arraycopy(source.buffer, source.offsets[i], buffer, at, length);
            addArgument(at, length);
            at += length;
        }
        endRequest(at);
    }

    private void makeRoom(int bytes) {
        if (bytes > buffer.length) {
            boolean isFirst = requests == 0;
            buffer = Arrays.copyOf(buffer, isFirst ? bytes : (int) Math.min(2L * bytes, Integer.MAX_VALUE - 8));
        }
    }

    /**
     * Forgets the requests before one, and keeps it, those after it and the arguments of the one that is being built, whose
     * bytes have moved.
     *
     * @param request the first to keep; {@link #size()} keeps only the one that is being built
     * @param input the array that they lie in now
     * @param shift how far they moved towards its beginning
     */
    public void keep(int request, byte[] input, int shift) {
        int from = first[request];
        int keptRequests = requests - request;
        int keptArguments = arguments - from;
        for (int i = 0; i < keptArguments; i++) {
            offsets[i] = offsets[from + i] - shift;
            lengths[i] = lengths[from + i];
        }
        for (int i = 0; i < keptRequests; i++) {
            first[i] = first[request + i] - from;
            ends[i] = ends[request + i] - shift;
        }
        first[keptRequests] = first[requests] - from;
        buffer = input;
        requests = keptRequests;
        arguments = keptArguments;
    }

    /** Withdraws the arguments of the request that is being built. */
    public void dropUnfinished() {
        arguments = first[requests];
    }

    /**
     * How many arguments the request that is being built has so far.
     *
     * @return 0 or more
     */
    public int unfinished() {
        return arguments - first[requests];
    }

    /**
     * The array that the arguments lie in.
     *
     * @return not a copy
     */
    public byte[] buffer() {
        return buffer;
    }

    /**
     * How many requests are complete.
     *
     * @return 0 or more
     */
    public int size() {
        return requests;
    }

    /**
     * How many arguments a request has, the command's name included.
     *
     * @param request which request
     * @return 1 or more
     */
    public int argumentCount(int request) {
        return first[request + 1] - first[request];
    }

    /**
     * Where a request's first argument stands; its others follow.
     *
     * @param request which request; {@link #size()} names the one that is being built
     * @return an index for {@link #offset} and {@link #length}
     */
    public int firstArgument(int request) {
        return first[request];
    }

    /**
     * Where an argument begins.
     *
     * @param argument an index from {@link #firstArgument} on
     * @return an offset in the buffer
     */
    public int offset(int argument) {
        return offsets[argument];
    }

    /**
     * How long an argument is.
     *
     * @param argument an index from {@link #firstArgument} on
     * @return bytes
     */
    public int length(int argument) {
        return lengths[argument];
    }

    /**
     * Where the bytes after a request begin.
     *
     * @param request which request
     * @return an offset in the buffer
     */
    public int end(int request) {
        return ends[request];
    }

    /** Gives back the room that an unusually large batch needed. */
    public void trim() {
        if (offsets.length > 1 << 14) {
            offsets = new int[256];
            lengths = new int[256];
            first = new int[65];
            ends = new int[64];
            clear(buffer);
        }
    }
}
