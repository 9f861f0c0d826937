import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts a server, lets it answer a few clients and stops it, so that the JVM can note which classes that takes. Run from its
 * source by image.xml. The arguments are the command that starts the server on any free port of 127.0.0.1.
 */
public final class Training {
    private static final Pattern READY = Pattern.compile("Ready to accept connections on 127\\.0\\.0\\.1:(\\d+)");
    private static final long LIMIT_SECONDS = 60;

    private Training() {}

    public static void main(String[] command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MINIREDIS_"));
        Process server = builder.start();
        Thread limit = new Thread(() -> stopAfterLimit(server));
        limit.setDaemon(true);
        limit.start();
        try (BufferedReader log = server.inputReader(UTF_8)) {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                System.out.println(line);
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    talkTo(Integer.parseInt(ready.group(1)));
                }
            }
        }
        System.exit(server.waitFor());
    }

    private static void talkTo(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String requests = "PING\r\nHELLO 3\r\nCLIENT SETINFO LIB-NAME training\r\nSET key value\r\nGET key\r\n"
                    + "RPUSH list a b c\r\nLRANGE list 0 -1\r\nDEL key list\r\nSHUTDOWN\r\n";
            socket.getOutputStream().write(requests.getBytes(UTF_8));
            socket.getInputStream().readAllBytes();
        }
    }

    private static void stopAfterLimit(Process server) {
        try {
            if (!server.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
