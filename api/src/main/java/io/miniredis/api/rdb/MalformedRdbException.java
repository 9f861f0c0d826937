package io.miniredis.api.rdb;

/** Bytes that are not what they should be in Redis's form. */
public final class MalformedRdbException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message what is wrong
     */
    public MalformedRdbException(String message) {
        super(message);
    }
}
