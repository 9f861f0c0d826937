package demo.hello;

/** Placeholder. */
final class Placeholder {
    private Placeholder() {}
}
