package io.miniredis.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line: reads the options and starts the server. */
@Command(
        name = "miniredis",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "A Redis-compatible server on the JVM.")
public final class Main implements Runnable {
    private Main() {}

    /**
     * Runs the command line.
     *
     * @param args the options
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {}

    /** The version of the module this server was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getModule().getDescriptor().rawVersion().orElse("unknown");
            return new String[] {"miniRedis " + version + " (Java " + Runtime.version() + ")"};
        }
    }
}
