package io.miniredis.app;

import io.miniredis.engine.Settings;
import java.util.Map;

/**
 * The program: reads what it was told, starts the server, waits until it is told to stop. Whatever prevents the start is one line
 * on standard error; the exit code is 2 if the command line or the environment is wrong and 1 for any other reason.
 */
public final class Main {
    private Main() {}

    /**
     * Runs the program.
     *
     * @param args the command line
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws InterruptedException {
        Logging.prepare();
        try {
            Configuration configuration = configure(args, System.getenv());
            if (configuration != null) {
                Logging.configure(configuration);
                new Lifecycle(configuration).run();
            }
        } catch (StartFailure e) {
            System.err.println("miniredis: " + e.getMessage());
            System.exit(e.exitCode());
        }
    }

    /** Null if the command line asked for no more than a text, which has been printed. */
    private static Configuration configure(String[] args, Map<String, String> environment) throws StartFailure {
        Settings settings = new Settings();
        Options options = Options.parse(settings, args);
        if (options.helpAsked()) {
            System.out.print(options.help());
            return null;
        }
        if (options.versionAsked()) {
            System.out.println(Version.line());
            return null;
        }
        return Configuration.of(settings, options, environment);
    }
}
