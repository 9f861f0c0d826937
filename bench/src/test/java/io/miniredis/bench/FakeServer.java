package io.miniredis.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A server that answers each request, one after the other, as a function says. */
final class FakeServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Function<List<String>, String> answer;

    FakeServer(Function<List<String>, String> answer) throws IOException {
        this.answer = answer;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "fake server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() {
        try {
            while (true) {
                try (Socket socket = listening.accept()) {
                    serve(socket);
                }
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private void serve(Socket socket) throws IOException {
        socket.setTcpNoDelay(
                true); // many small answers, each of which would wait for the one before to be acknowledged
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        for (String count = in.readLine(); count != null; count = in.readLine()) {
            List<String> request = new ArrayList<>();
            for (int left = Integer.parseInt(count.substring(1)); left > 0; left--) {
                in.readLine();
                request.add(in.readLine());
            }
            socket.getOutputStream().write(answer.apply(request).getBytes(ISO_8859_1));
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
