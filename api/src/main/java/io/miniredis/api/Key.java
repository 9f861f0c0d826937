package io.miniredis.api;

/**
 * The capability to touch one key. Only the server makes one, only for a position that the running command declared, and
 * {@link Keyspace} takes nothing else; so a command cannot touch a key that its spec does not show. Valid until the handler
 * returns.
 */
public interface Key {

    /**
     * The key's name.
     *
     * @return a view of its bytes
     */
    Slice name();
}
