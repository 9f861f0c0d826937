package io.miniredis.protocol.resp;

import io.miniredis.api.Numbers;
import io.miniredis.api.ReplySource;
import io.miniredis.api.Slice;
import io.miniredis.api.transport.ReplyStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Writes replies into a list of chunks, in RESP2 or RESP3. An I/O thread has one writer, which serves its connections in turn:
 * each {@link #take}s what was written for it. Not thread-safe.
 *
 * <p>It keeps account of the aggregates that are open, innermost last: how many values each still lacks. Writing a value
 * settles the innermost one, and an aggregate that is complete is itself a value of the one around it. An array of unknown
 * length starts at zero and counts below it, so that it never completes by itself.
 *
 * <p>When the pool has no room for another chunk, what follows is lost: a command that runs must not be stopped half way for the sake of its
 * reply. If that is withdrawn, all is well again; if not, its client has to be cut off.
 *
 * <p>What is long and need not be copied is {@link Deferred}: it hangs between two chunks until {@link #unfold} writes a part of it.
 */
public final class ReplyWriter implements ReplyStream {
    /** For messages, which any thread may encode. */
    private static final ThreadLocal<ReplyWriter> ENCODERS =
            ThreadLocal.withInitial(() -> new ReplyWriter(new ChunkPool()));

    /** Enough for any type byte, number and line break; asked for before each header, so that headers do not straddle chunks. */
    private static final int HEADER_ROOM = 32;
    /** What is left free for the header of an array of unknown length: type byte, ten digits, line break. */
    private static final int GAP = 13;
    /** Texts up to this length are tried as ASCII, straight into the chunk. */
    private static final int SHORT_TEXT = Chunk.BYTES / 4;
    /** Bulk strings from this length on are sent from where they lie, if their owner lends them. */
    static final int LONG_BULK = 64 * 1024;
    /** Nor are these copied when already much waits. */
    private static final int MEDIUM_BULK = 4096;
    /** What waits to be sent if there is no room for it: more than any limit. */
    private static final long OVERFLOW = Long.MAX_VALUE / 2;

    private final ChunkPool pool;
    /**
     * Where what there is no room for is written, over and over, so that a command can go on: it is the last chunk then, behind the others
     * but not linked to them.
     */
    private final Chunk scrap = new Chunk();
    /** Whether a message was lost for want of room. */
    private boolean messageLost;
    /** Whether {@link #take} gave up what it was to hand over. */
    private boolean overflowed;

    private Chunk first;
    private Chunk last;
    /** The last chunk's bytes. */
    private byte[] out;
    /** Where in {@link #out} the next byte goes. */
    private int at;
    /** How many bytes the chunks before the last hold, and what is deferred between them. */
    private long earlierBytes;

    private boolean resp3;
    /** Whether bytes that come without their owner stay as they are nevertheless. */
    private boolean lent;

    /** Where the reply begins: a chunk, a place in it, and how many bytes the chunks before it hold. */
    private Chunk markChunk;

    private int markAt;
    private long markEarlierBytes;

    /** The same of what {@link #drop} withdraws. */
    private Chunk heldChunk;

    private int heldAt;
    private long heldEarlierBytes;

    /** How many whole values were written since {@link #begin}. */
    private int values;
    /** How many values each open aggregate lacks. */
    private int[] lacking = new int[8];
    /** How many aggregates are open. */
    private int depth;

    /** The arrays of unknown length that are open, and after them closed ones to use again. */
    private OpenArray[] arrays = new OpenArray[0];

    private int openArrays;
    /** Counts replies, so that an array left open by a reply that was withdrawn cannot harm a later one. */
    private int reply;

    /**
     * Creates a writer to which nothing was written.
     *
     * @param pool where it takes chunks from
     */
    public ReplyWriter(ChunkPool pool) {
        this.pool = pool;
        renew(pool.take(0));
    }

    private void renew(Chunk empty) {
        first = empty;
        last = first;
        out = first.bytes;
        at = 0;
        earlierBytes = 0;
        messageLost = false;
        begin();
    }

    /**
     * Hands all that was written over to the caller, as a list of sealed chunks; null if there is nothing, and if there was no room for
     * all of it: then it has {@linkplain #overflowed overflowed}, and the client must be cut off.
     */
    Chunk take() {
        overflowed = last == scrap || messageLost;
        if (pendingBytes() == 0) {
            messageLost = false;
            return null;
        }
        Chunk taken = first;
        last.end = at;
        Chunk empty = overflowed ? null : pool.take(pendingBytes());
        if (empty == null) {
            overflowed = true;
            pool.giveAll(taken);
            renew(pool.take(0));
            return null;
        }
        for (Chunk chunk = taken; chunk != null; chunk = chunk.next) {
            chunk.seal();
        }
        renew(empty);
        return taken;
    }

    /** Whether there was no room for all that was written until the last {@link #take}, or for any more after that. */
    boolean overflowed() {
        return overflowed;
    }

    /**
     * Hands all that was written over to the caller, as one array; for those who have no channel to write chunks to.
     *
     * @return the bytes, which may be none
     */
    public byte[] takeBytes() {
        Chunk taken = take();
        if (taken != null && taken.next == null && taken.deferred == null) {
            byte[] only = Arrays.copyOf(taken.bytes, taken.end);
            pool.give(taken);
            return only;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Chunk chunk = taken; chunk != null; chunk = chunk.next) {
            bytes.write(chunk.bytes, 0, chunk.end);
            if (chunk.deferred != null) {
                unfold(chunk, LONG_BULK);
            }
        }
        pool.giveAll(taken);
        return bytes.toByteArray();
    }

    /**
     * Writes a part of what is deferred after a chunk, into chunks that then stand after it; the rest is deferred after these.
     * Nothing else may wait in this writer. If there is no room for it, this {@linkplain #overflowed overflows}.
     *
     * @param bytes about how many
     * @return how many bytes came to it
     */
    long unfold(Chunk chunk, int bytes) {
        Deferred rest = chunk.deferred;
        Chunk after = chunk.next;
        lent = true;
        try {
            boolean more = rest.writeTo(this, bytes);
            chunk.deferred = null;
            if (more) {
                deferAfterLast(rest);
            }
        } finally {
            lent = false;
        }
        Chunk end = last;
        long unfolded = 0;
        Chunk written = take();
        if (overflowed) {
            return 0;
        }
        chunk.next = written;
        for (Chunk part = chunk.next; part != after; part = part.next) {
            unfolded += part.end;
            if (part == end) {
                part.next = after;
            }
        }
        return unfolded;
    }

    /**
     * Has a source write some values of an array that lacks {@code lacking}.
     *
     * @return how many it lacks now
     */
    int writeSome(ReplySource source, int lackingValues, int bytes) {
        begin();
        open(lackingValues);
        source.write(this, bytes);
        if (isComplete()) {
            return 0;
        }
        if (depth != 1 || values != 0 || lacking[0] >= lackingValues) {
            throw new IllegalStateException(
                    "a source of values wrote none, half of one or too many: " + source.getClass());
        }
        return lacking[0];
    }

    @Override
    public void protocol(int version) {
        resp3 = version >= 3;
    }

    @Override
    public void begin() {
        markChunk = last;
        markAt = at;
        markEarlierBytes = earlierBytes;
        forgetOpen();
    }

    @Override
    public boolean isComplete() {
        return depth == 0 && values == 1;
    }

    @Override
    public void rollback() {
        pool.giveAll(markChunk.next);
        markChunk.next = null;
        markChunk.abandonDeferred();
        goTo(markChunk, markAt, markEarlierBytes);
        forgetOpen();
    }

    @Override
    public void replies(int count) {
        header('*', count);
        begin();
    }

    @Override
    public void push(int size) {
        aggregate(resp3 ? '>' : '*', size, size);
    }

    /**
     * Encodes one value by itself, on any thread.
     *
     * @param version 2 or 3
     * @param value writes it
     * @return its bytes
     * @throws IllegalArgumentException if it is not one whole value
     */
    public static byte[] encode(int version, Consumer<? super ReplyStream> value) {
        ReplyWriter encoder = ENCODERS.get();
        encoder.protocol(version);
        encoder.begin();
        boolean whole = false;
        try {
            value.accept(encoder);
            whole = encoder.isComplete();
        } finally {
            if (!whole) {
                encoder.rollback();
            }
        }
        if (!whole) {
            throw new IllegalArgumentException("not one whole value");
        }
        return encoder.takeBytes();
    }

    @Override
    public void message(byte[] encoded) {
        int length = encoded.length;
        if (last == scrap) {
            messageLost = true;
        } else if (last == markChunk && out.length - at >= length) {
            System.arraycopy(out, markAt, out, markAt + length, at - markAt);
            System.arraycopy(encoded, 0, out, markAt, length);
            markAt += length;
            at += length;
        } else {
            insert(encoded);
        }
    }

    /** Moves the beginning of the reply into a chunk of its own, behind the message. */
    private void insert(byte[] encoded) {
        boolean isShort = last == markChunk;
        Chunk moved = pool.take(pendingBytes());
        if (moved == null) {
            messageLost = true;
            return;
        }
        moved.end = (isShort ? at : markChunk.end) - markAt;
        System.arraycopy(markChunk.bytes, markAt, moved.bytes, 0, moved.end);
        moved.deferred = markChunk.deferred;
        moved.next = markChunk.next;
        Chunk lastOfReply = isShort ? moved : last;
        int atOfReply = isShort ? moved.end : at;
        long replyBytes = pendingBytes() - markEarlierBytes - markAt;

        markChunk.next = null;
        markChunk.deferred = null;
        goTo(markChunk, markAt, markEarlierBytes);
        if (isLong(encoded.length)) {
            defer(new Deferred.Bytes(encoded, 0, encoded.length, null));
        } else {
            bytes(encoded, 0, encoded.length);
        }
        if (last == scrap) {
            messageLost = true;
            pool.giveAll(moved);
            begin();
            return;
        }
        last.end = at;
        last.next = moved;
        markChunk = moved;
        markAt = 0;
        markEarlierBytes = earlierBytes + at;
        goTo(lastOfReply, atOfReply, markEarlierBytes + replyBytes - atOfReply);
    }

    private void goTo(Chunk chunk, int place, long bytesBefore) {
        last = chunk;
        out = chunk.bytes;
        at = place;
        earlierBytes = bytesBefore;
    }

    @Override
    public void hold() {
        heldChunk = last;
        heldAt = at;
        heldEarlierBytes = earlierBytes;
    }

    @Override
    public void drop() {
        pool.giveAll(heldChunk.next);
        heldChunk.next = null;
        heldChunk.abandonDeferred();
        goTo(heldChunk, heldAt, heldEarlierBytes);
        begin();
    }

    private void forgetOpen() {
        values = 0;
        depth = 0;
        openArrays = 0;
        reply++;
    }

    @Override
    public long pendingBytes() {
        return last == scrap ? OVERFLOW : earlierBytes + at;
    }

    @Override
    public void ok() {
        room(HEADER_ROOM);
        byte[] to = out;
        int i = at;
        to[i] = '+';
        to[i + 1] = 'O';
        to[i + 2] = 'K';
        to[i + 3] = '\r';
        to[i + 4] = '\n';
        at = i + 5;
        wrote();
    }

    @Override
    public void simple(String text) {
        line('+', text);
    }

    @Override
    public void error(String message) {
        line('-', message);
    }

    @Override
    public void integer(long value) {
        header(':', value);
        wrote();
    }

    @Override
    public void bulk(Slice bytes) {
        if (isLong(bytes.length()) && bytes.lend()) {
            longBulk(bytes.array(), bytes.offset(), bytes.length(), bytes.lender());
        } else {
            bulk(bytes.array(), bytes.offset(), bytes.length());
        }
    }

    private boolean isLong(int length) {
        return length >= MEDIUM_BULK && (length >= LONG_BULK || pendingBytes() >= LONG_BULK);
    }

    private void longBulk(byte[] array, int offset, int length, Slice.Lender lender) {
        header('$', length);
        defer(new Deferred.Bytes(array, offset, length, lender));
        lineBreak();
        wrote();
    }

    private void deferAfterLast(Deferred rest) {
        if (last == scrap) {
            rest.abandon();
        } else {
            last.deferred = rest;
        }
    }

    private void defer(Deferred rest) {
        deferAfterLast(rest);
        nextChunk();
        earlierBytes += rest.remainingBytes();
    }

    @Override
    public void bulk(byte[] array, int offset, int length) {
        if (lent && length >= LONG_BULK) {
            longBulk(array, offset, length, null);
            return;
        }
        header('$', length);
        if (out.length - at >= length + 2) {
            System.arraycopy(array, offset, out, at, length);
            at += length;
        } else {
            bytes(array, offset, length);
        }
        lineBreak();
        wrote();
    }

    @Override
    public void bulk(String text) {
        if (text.length() <= SHORT_TEXT) {
            room(HEADER_ROOM + text.length());
            int start = at;
            header('$', text.length());
            if (ascii(text)) {
                lineBreak();
                wrote();
                return;
            }
            at = start;
        }
        bulk(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void bulkInteger(long value) {
        header('$', Numbers.digits(value));
        room(HEADER_ROOM);
        at += Numbers.format(value, out, at);
        lineBreak();
        wrote();
    }

    @Override
    public void nil() {
        nothing('$');
    }

    @Override
    public void nullArray() {
        nothing('*');
    }

    private void nothing(char resp2Type) {
        if (resp3) {
            room(HEADER_ROOM);
            out[at++] = '_';
            lineBreak();
        } else {
            header(resp2Type, -1);
        }
        wrote();
    }

    @Override
    public void bool(boolean value) {
        if (resp3) {
            room(HEADER_ROOM);
            out[at++] = '#';
            out[at++] = (byte) (value ? 't' : 'f');
            lineBreak();
        } else {
            header(':', value ? 1 : 0);
        }
        wrote();
    }

    @Override
    public void real(double value) {
        if (resp3) {
            line(',', RealFormat.text(value));
        } else {
            bulk(RealFormat.text(value));
        }
    }

    @Override
    public void verbatim(String format, String text) {
        if (!resp3) {
            bulk(text);
            return;
        }
        byte[] encoded = (format + ":" + text).getBytes(StandardCharsets.UTF_8);
        header('=', encoded.length);
        bytes(encoded, 0, encoded.length);
        lineBreak();
        wrote();
    }

    @Override
    public void array(int size) {
        aggregate('*', size, size);
    }

    @Override
    public void array(int size, ReplySource source) {
        header('*', size);
        if (size > 0) {
            defer(new Deferred.Values(source, size, resp3 ? 3 : 2));
        }
        wrote();
    }

    @Override
    public void set(int size) {
        aggregate(resp3 ? '~' : '*', size, size);
    }

    @Override
    public void map(int pairs) {
        int size = Math.multiplyExact(pairs, 2);
        aggregate(resp3 ? '%' : '*', resp3 ? pairs : size, size);
    }

    private void aggregate(char type, int count, int size) {
        if (size < 0) {
            throw new IllegalArgumentException("an aggregate of " + size + " values");
        }
        header(type, count);
        if (size == 0) {
            wrote();
        } else {
            open(size);
        }
    }

    @Override
    public Scope array() {
        room(HEADER_ROOM);
        OpenArray array = nextArray();
        array.chunk = last;
        array.gap = at;
        at += GAP;
        open(0);
        array.depth = depth;
        array.reply = reply;
        return array;
    }

    private OpenArray nextArray() {
        if (openArrays == arrays.length) {
            arrays = Arrays.copyOf(arrays, openArrays + 1);
            arrays[openArrays] = new OpenArray();
        }
        return arrays[openArrays++];
    }

    /** Writes a line that the client gets as it is, outside of any reply. */
    void raw(byte[] line) {
        raw(line, 0, line.length);
    }

    /** Writes bytes that belong to no reply, or to one that is counted already. */
    void raw(byte[] array, int offset, int length) {
        bytes(array, offset, length);
    }

    /** Opens an aggregate. */
    private void open(int size) {
        if (depth == lacking.length) {
            lacking = Arrays.copyOf(lacking, depth * 2);
        }
        lacking[depth++] = size;
    }

    /** Settles one whole value. */
    private void wrote() {
        while (depth > 0) {
            if (--lacking[depth - 1] != 0) {
                return;
            }
            depth--;
        }
        values++;
    }

    /** Makes sure that the next few bytes go into one chunk. */
    private void room(int bytes) {
        if (out.length - at < bytes) {
            nextChunk();
        }
    }

    private void nextChunk() {
        last.end = at;
        earlierBytes += at;
        Chunk next = last == scrap ? null : pool.take(earlierBytes);
        if (next == null) {
            next = scrap;
        } else {
            last.next = next;
        }
        goTo(next, 0, earlierBytes);
    }

    /** Writes {@code <type><number>\r\n}. */
    private void header(char type, long number) {
        room(HEADER_ROOM);
        byte[] to = out;
        int i = at;
        to[i++] = (byte) type;
        if (number >= 0 && number < 10) {
            to[i++] = (byte) ('0' + number);
        } else {
            i += Numbers.format(number, to, i);
        }
        to[i] = '\r';
        to[i + 1] = '\n';
        at = i + 2;
    }

    private void lineBreak() {
        room(2);
        out[at] = '\r';
        out[at + 1] = '\n';
        at += 2;
    }

    private void bytes(byte[] array, int offset, int length) {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            if (at == out.length) {
                nextChunk();
            }
            int part = Math.min(end - from, out.length - at);
            System.arraycopy(array, from, out, at, part);
            at += part;
            from += part;
        }
    }

    private void line(char type, String text) {
        room(text.length() <= SHORT_TEXT ? HEADER_ROOM + text.length() : HEADER_ROOM);
        out[at++] = (byte) type;
        String oneLine = text.indexOf('\n') < 0 && text.indexOf('\r') < 0 ? text : blankBreaks(text);
        if (oneLine.length() > SHORT_TEXT || !ascii(oneLine)) {
            byte[] encoded = encode(oneLine);
            bytes(encoded, 0, encoded.length);
        }
        lineBreak();
        wrote();
    }

    /** UTF-8, but for bytes that {@link Slice#quotable} quoted, which become themselves again. */
    private static byte[] encode(String text) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(text.length() + HEADER_ROOM);
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            int quoted = text.charAt(i) - Slice.QUOTED_BYTES;
            boolean lone = i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
            if (quoted >= 0x80 && quoted <= 0xff && lone) {
                encoded.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
                encoded.write(quoted);
                from = i + 1;
            }
        }
        encoded.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return encoded.toByteArray();
    }

    private static String blankBreaks(String text) {
        return text.replace('\r', ' ').replace('\n', ' ');
    }

    /** Writes a text for which there is room, if it is ASCII; otherwise nothing. */
    private boolean ascii(String text) {
        byte[] to = out;
        int start = at;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 127) {
                return false;
            }
            to[start + i] = (byte) c;
        }
        at = start + length;
        return true;
    }

    /**
     * An array of unknown length. A gap was left for its header; closing it writes the header there, and moves what follows in
     * that chunk, never more, over the rest of the gap.
     */
    private final class OpenArray implements Scope {
        private Chunk chunk;
        /** Where in the chunk the gap begins. */
        private int gap;
        /** How many aggregates are open within the reply, this one included. */
        private int depth;
        /** The reply this belongs to. */
        private int reply;

        @Override
        public void close() {
            ReplyWriter writer = ReplyWriter.this;
            if (reply != writer.reply) {
                return;
            }
            reply = writer.reply - 1;
            writer.openArrays--;
            if (depth == writer.depth) {
                writer.closeArray(chunk, gap);
            } else {
                writer.values = Integer.MIN_VALUE / 2;
            }
        }
    }

    private void closeArray(Chunk chunk, int gap) {
        int count = -lacking[--depth];
        if (chunk == scrap) {
            wrote();
            return;
        }
        byte[] bytes = chunk.bytes;
        bytes[gap] = '*';
        int header = 1 + Numbers.format(count, bytes, gap + 1);
        bytes[gap + header++] = '\r';
        bytes[gap + header++] = '\n';
        int unused = GAP - header;
        int end = chunk == last ? at : chunk.end;
        System.arraycopy(bytes, gap + GAP, bytes, gap + header, end - gap - GAP);
        if (chunk == last) {
            at -= unused;
        } else {
            chunk.end -= unused;
            earlierBytes -= unused;
        }
        wrote();
    }
}
