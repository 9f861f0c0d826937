package io.miniredis.protocol.resp;

import java.io.IOException;

/**
 * The protocol without an engine behind it, to measure against: {@code redis-benchmark -t set,get} sees a server that answers
 * without doing anything.
 *
 * <pre>java -cp ... io.miniredis.protocol.resp.EchoServer PORT [IO_THREADS]</pre>
 */
final class EchoServer {
    private EchoServer() {}

    public static void main(String[] args) throws IOException {
        var options = RespOptions.builder().port(Integer.parseInt(args[0]));
        if (args.length > 1) {
            options.ioThreads(Integer.parseInt(args[1]));
        }
        new RespServer(options.build(), new EchoDispatcher()).start();
    }
}
