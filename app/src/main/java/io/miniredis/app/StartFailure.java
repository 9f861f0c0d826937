package io.miniredis.app;

/** Why the server does not start: one line for standard error, and the exit code. */
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    private StartFailure(int exitCode, String line) {
        super(line.replaceAll("\\R", " "));
        this.exitCode = exitCode;
    }

    /** The command line or the environment asks for something that does not exist. */
    static StartFailure usage(String line) {
        return new StartFailure(2, line);
    }

    /** What was asked for is not possible. */
    static StartFailure failure(String line) {
        return new StartFailure(1, line);
    }

    int exitCode() {
        return exitCode;
    }
}
