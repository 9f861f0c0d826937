package io.miniredis.app;

/** Starts the server. */
public final class Main {
    private Main() {}

    /**
     * Runs the command line.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.out.println(Main.class.getModule().getDescriptor().toNameAndVersion());
    }
}
