package io.miniredis.protocol.resp;

import io.miniredis.api.transport.RequestBatch;
import java.util.function.LongSupplier;

/**
 * Finds the requests in a connection's input: arrays of bulk strings, and lines typed by hand. It copies nothing; a request is
 * a list of places in the buffer. It may be given a request in any number of pieces: it remembers where it was, and looks at
 * each byte of a large value never, at each other byte once. What differs from Redis is that a request means the same
 * however its bytes were cut into packets.
 *
 * <p>Nothing is allocated because of a length that the client declares; {@link #needed} lets the buffer grow as bytes arrive.
 *
 * <p>One decoder per connection; not thread-safe.
 */
public final class RequestDecoder {
    /** The most bytes of a line, that of a length or an inline request, before its line break. */
    static final int MAX_LINE_BYTES = 64 * 1024;

    /** The most requests decoded in one go. */
    static final int MAX_REQUESTS = 1024;

    /** What {@link #needed} answers while the length of the rest of the request is not known. */
    static final int UNKNOWN = Integer.MAX_VALUE;

    private static final int MAX_UNAUTHENTICATED_ARGUMENTS = 10;
    private static final int MAX_UNAUTHENTICATED_BULK_BYTES = 16 * 1024;

    /** No bulk is larger, whatever the directive says: it has to fit into an array together with its request. */
    private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 64 * 1024;

    private static final int NEGATIVE = -1;
    private static final int INVALID = -2;

    /** What the next byte belongs to. */
    private enum State {
        START,
        COUNT,
        LENGTH,
        BULK,
        INLINE
    }

    private final LongSupplier maxBulkBytes;
    private State state = State.START;
    /** Where the request that is being decoded begins. */
    private int start;
    /** Where the token that is being decoded begins; all bytes before it are done with. */
    private int position;
    /** How many bytes from {@link #position} on are known not to end the line. */
    private int scanned;
    /** How many arguments of the request are still to come. */
    private int argumentsLeft;
    /** The length of the bulk that is being decoded, in bytes. */
    private int bulkLength;

    private boolean authenticated;
    /** Why the rest of the input is of no use. Kept, because finding out may have changed the input. */
    private ProtocolException malformed;

    /**
     * Creates a decoder for a connection's first byte.
     *
     * @param maxBulkBytes the directive {@code proto-max-bulk-len}
     */
    public RequestDecoder(LongSupplier maxBulkBytes) {
        this.maxBulkBytes = maxBulkBytes;
    }

    /**
     * Decodes what the input holds, up to {@link #MAX_REQUESTS} requests; of a client that has not authenticated only one, since
     * it may decide what the next is allowed to be. Malformed input behind complete requests is reported by the next call.
     *
     * @param input the buffer; the quotes of inline requests are removed in place
     * @param limit where its bytes end
     * @param batch holds the arguments, and only those, of a request that an earlier call found incomplete; gets the requests
     * @param authenticated whether the client may send large requests
     * @return whether it stopped because the input holds no further complete request
     * @throws ProtocolException if the next bytes are no request
     */
    public boolean decode(byte[] input, int limit, RequestBatch batch, boolean authenticated) throws ProtocolException {
        if (malformed != null) {
            throw malformed;
        }
        this.authenticated = authenticated;
        int most = authenticated ? MAX_REQUESTS : 1;
        try {
            while (batch.size() < most) {
                if (!advance(input, limit, batch)) {
                    return true;
                }
            }
            return position == limit;
        } catch (ProtocolException e) {
            malformed = e;
            if (batch.size() == 0) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Where the bytes begin that are still needed: those of the request that is being decoded.
     *
     * @return an index
     */
    public int consumed() {
        return start;
    }

    /** How far the buffer must reach to hold the bulk that is being decoded; {@link #UNKNOWN} between bulks. */
    int needed() {
        return state == State.BULK ? (int) Math.min(UNKNOWN - 1L, position + bulkLength + 2L) : UNKNOWN;
    }

    /**
     * Says that the bytes in the buffer were moved towards its beginning, over bytes that are done with.
     *
     * @param shift how far; at most {@link #consumed}
     */
    public void moved(int shift) {
        position -= shift;
        start -= shift;
    }

    /** Decodes one token; false if it is incomplete. */
    private boolean advance(byte[] input, int limit, RequestBatch batch) throws ProtocolException {
        return switch (state) {
            case START -> decodeStart(input, limit);
            case COUNT -> decodeCount(input, limit);
            case LENGTH -> decodeShortArguments(input, limit, batch) || decodeLength(input, limit);
            case BULK -> decodeBulk(limit, batch);
            case INLINE -> decodeInline(input, limit, batch);
        };
    }

    /**
     * <pre>
     *     *...    an array of bulk strings
     *     x...    a line
     *     ^
     * </pre>
     */
    private boolean decodeStart(byte[] input, int limit) {
        if (position == limit) {
            return false;
        }
        state = input[position] == '*' ? State.COUNT : State.INLINE;
        return true;
    }

    /**
     * <pre>
     *     * 3 \r \n $ 3 \r \n S E T \r \n ...
     *     ^ position
     * </pre>
     *
     * As in Redis, the byte after {@code \r} may be any, and an array of no or fewer elements is nothing at all.
     */
    private boolean decodeCount(byte[] input, int limit) throws ProtocolException {
        int at = position;
        if (limit - at >= 4 && input[at + 2] == '\r' && input[at + 1] >= '1' && input[at + 1] <= '9') {
            argumentsLeft = input[at + 1] - '0';
            moveTo(at + 4);
            state = State.LENGTH;
            return true;
        }
        int end = lineEnd(input, limit, "too big mbulk count string");
        if (end < 0) {
            return false;
        }
        long count = number(input, at + 1, end);
        if (count == INVALID || count > Integer.MAX_VALUE) {
            throw new ProtocolException(at, "invalid multibulk length");
        }
        if (count > MAX_UNAUTHENTICATED_ARGUMENTS && !authenticated) {
            throw new ProtocolException(at, "unauthenticated multibulk length");
        }
        moveTo(end + 2);
        if (count > 0) {
            argumentsLeft = (int) count;
            state = State.LENGTH;
        } else {
            finishRequest();
        }
        return true;
    }

    /**
     * The common case of the next two states: all arguments that are left are there, and shorter than 100 bytes. Goes as far as
     * that holds, and says whether the request is complete.
     *
     * <pre>
     *     $ 3 \r \n S E T \r \n $ 1 2 \r \n ...
     *     ^ position
     * </pre>
     */
    private boolean decodeShortArguments(byte[] input, int limit, RequestBatch batch) {
        int at = position;
        int left = argumentsLeft;
        while (left > 0 && limit - at > 5 && input[at] == '$') {
            int length = input[at + 1] - '0';
            if (length < 0 || length > 9) {
                break;
            }
            int body = at + 4;
            if (input[at + 2] != '\r') {
                int second = input[at + 2] - '0';
                if (second < 0 || second > 9 || length == 0 || input[at + 3] != '\r') {
                    break;
                }
                length = length * 10 + second;
                body++;
            }
            int next = body + length + 2;
            if (next > limit) {
                break;
            }
            batch.addArgument(body, length);
            at = next;
            left--;
        }
        if (at != position) {
            moveTo(at);
        }
        argumentsLeft = left;
        if (left > 0) {
            return false;
        }
        endRequest(batch);
        return true;
    }

    /**
     * <pre>
     *     $ 1 0 0 0 \r \n a b c ...
     *     ^ position
     * </pre>
     */
    private boolean decodeLength(byte[] input, int limit) throws ProtocolException {
        int end = lineEnd(input, limit, "too big bulk count string");
        if (end < 0) {
            return false;
        }
        int at = position;
        if (input[at] != '$') {
            throw new ProtocolException(at, "expected '$', got '" + printable(input[at]) + "'");
        }
        long length = number(input, at + 1, end);
        if (length < 0 || length > Math.min(maxBulkBytes.getAsLong(), MAX_ARRAY_BYTES)) {
            throw new ProtocolException(at, "invalid bulk length");
        }
        if (length > MAX_UNAUTHENTICATED_BULK_BYTES && !authenticated) {
            throw new ProtocolException(at, "unauthenticated bulk length");
        }
        moveTo(end + 2);
        bulkLength = (int) length;
        state = State.BULK;
        return true;
    }

    /**
     * <pre>
     *     a b c ... \r \n
     *     ^ position
     * </pre>
     *
     * As in Redis, the two bytes that end a bulk may be any.
     */
    private boolean decodeBulk(int limit, RequestBatch batch) {
        if (limit - position < bulkLength + 2) {
            return false;
        }
        batch.addArgument(position, bulkLength);
        moveTo(position + bulkLength + 2);
        state = State.LENGTH;
        if (--argumentsLeft == 0) {
            endRequest(batch);
        }
        return true;
    }

    /**
     * <pre>
     *     S E T ' ' k ' ' " a ' ' b " \r \n
     *     ^ position
     * </pre>
     *
     * The {@code \r} may be missing; a line of blanks is nothing at all.
     */
    private boolean decodeInline(byte[] input, int limit, RequestBatch batch) throws ProtocolException {
        int newline = indexOf((byte) '\n', input, limit, "too big inline request");
        if (newline < 0) {
            return false;
        }
        int end = newline > position && input[newline - 1] == '\r' ? newline - 1 : newline;
        InlineArguments.split(input, position, end, batch);
        moveTo(newline + 1);
        if (batch.unfinished() > 0) {
            endRequest(batch);
        } else {
            finishRequest();
        }
        return true;
    }

    private void moveTo(int newPosition) {
        position = newPosition;
        scanned = 0;
    }

    private void endRequest(RequestBatch batch) {
        batch.endRequest(position);
        finishRequest();
    }

    private void finishRequest() {
        start = position;
        state = State.START;
    }

    /** Where the {@code \r} is that ends the line, if the byte after it is there too; otherwise -1. */
    private int lineEnd(byte[] input, int limit, String tooLong) throws ProtocolException {
        int end = indexOf((byte) '\r', input, limit, tooLong);
        if (end == limit - 1) {
            scanned = end - position;
            return -1;
        }
        return end;
    }

    /** Where the line's last byte is; -1 if it has not arrived. */
    private int indexOf(byte last, byte[] input, int limit, String tooLong) throws ProtocolException {
        int bound = Math.min(limit, position + MAX_LINE_BYTES + 1);
        for (int i = position + scanned; i < bound; i++) {
            if (input[i] == last) {
                return i;
            }
        }
        scanned = bound - position;
        if (scanned > MAX_LINE_BYTES) {
            throw new ProtocolException(position, tooLong);
        }
        return -1;
    }

    /** A decimal number in strict form: no blanks, no plus, no leading zeros. {@link #NEGATIVE} stands for all below zero. */
    private static long number(byte[] input, int from, int end) {
        boolean negative = from < end && input[from] == '-';
        int at = negative ? from + 1 : from;
        int digits = end - at;
        if (digits == 0 || digits > 19 || (input[at] == '0' && (negative || digits > 1))) {
            return INVALID;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = input[at] - '0';
            if (digit < 0 || digit > 9) {
                return INVALID;
            }
            value = value * 10 + digit;
        }
        // Nineteen digits overflow at most once, which shows in the sign.
        if (value < 0 && !(negative && value == Long.MIN_VALUE)) {
            return INVALID;
        }
        return negative ? NEGATIVE : value;
    }

    /** A byte within an error message, which must stay one line. */
    private static char printable(byte b) {
        return b == '\r' || b == '\n' ? ' ' : (char) (b & 0xff);
    }
}
