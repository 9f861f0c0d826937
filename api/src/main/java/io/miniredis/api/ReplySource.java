package io.miniredis.api;

/**
 * Writes the values of a long array piece by piece, each when the client has taken those before. Given to
 * {@link Reply#array(int, ReplySource)} by a command that has long ended by then, so it must read nothing that may still change: a
 * copy, or bytes that their owner promised to leave alone.
 *
 * <p>Called by one thread at a time, without any lock. A source that throws, writes nothing, or writes more values than the array
 * lacks costs the client its connection, since part of the reply is on its way.
 */
public interface ReplySource {

    /**
     * Writes some of the values that are still missing, one at least, each of them whole.
     *
     * @param reply where to
     * @param bytes about how many bytes are wanted now
     */
    void write(Reply reply, int bytes);

    /**
     * About how much is still to be written. The server runs no further commands of a client for whom much waits.
     *
     * @return bytes
     */
    long remainingBytes();
}
