package io.miniredis.api;

/**
 * The selected database, as one running command may see it: only the keys it declared, none of them expired.
 *
 * <p>Reading is {@link #read}; asking for a value to change it is {@link #write}, and after the handler returns the server does
 * all the bookkeeping: size, empty collections removed, notifications. Nobody can forget any of it. Every method takes O(1).
 */
public interface Keyspace {

    /** An expiry that says: none. Also what {@link #expiresAtMillis} answers for a key without one. */
    long NO_EXPIRY = -1;

    /** An expiry that says: the one the key already has, if any. */
    long KEEP_EXPIRY = -2;

    /**
     * Looks a value up, to read it.
     *
     * @param <V> the class of the type's values
     * @param key a declared key
     * @param type what the value should be
     * @return the value, to be read only; null if there is none. A {@link BytesType}'s slice is valid until the key changes;
     *     the handler may point it elsewhere, to give it to {@link #put} say.
     * @throws CommandException {@code WRONGTYPE} if the key holds another type
     */
    <V> V read(Key key, ValueType<V> type) throws CommandException;

    /**
     * Looks a value up, to change it in place. The server takes it as changed unless {@link #unchanged} follows. A
     * {@link BytesType}'s slice can change its bytes, not its length: for that, {@link #grow} it or {@link #put} another.
     *
     * @param <V> the class of the type's values
     * @param key a key that is declared for writing
     * @param type what the value should be
     * @return the value; null if there is none
     * @throws CommandException {@code WRONGTYPE} if the key holds another type
     */
    <V> V write(Key key, ValueType<V> type) throws CommandException;

    /**
     * As {@link #write}, but an absent value is created first, with {@link ValueType#create()} and no expiry. If it is still
     * empty when the handler returns, it is removed again.
     *
     * @param <V> the class of the type's values
     * @param key a key that is declared for writing
     * @param type what the value should be
     * @return the value
     * @throws CommandException {@code WRONGTYPE} if the key holds another type
     */
    <V> V writeOrCreate(Key key, ValueType<V> type) throws CommandException;

    /**
     * Stores a value, replacing whatever the key held, of any type.
     *
     * @param <V> the class of the type's values
     * @param key a key that is declared for writing
     * @param type the value's type
     * @param value the value; of a {@link BytesType} the bytes are copied, any other value now belongs to the keyspace
     * @param expiresAtMillis when it ends, in milliseconds since the epoch; or {@link #NO_EXPIRY} or {@link #KEEP_EXPIRY}
     */
    <V> void put(Key key, ValueType<V> type, V value, long expiresAtMillis);

    /**
     * Makes a value of bytes longer, to change it in place; an absent one is created first, without expiry. New bytes are zero.
     * Costs a copy now and then, so that bytes appended one by one take O(1) each.
     *
     * @param key a key that is declared for writing
     * @param type what the value should be
     * @param length how long it is to be at least, in bytes; a longer value stays as it is
     * @return all of the value, to be changed, valid until the key changes
     * @throws CommandException {@code WRONGTYPE} if the key holds another type
     */
    Slice grow(Key key, BytesType type, int length) throws CommandException;

    /**
     * Arrays for values that are no {@link BytesType}'s. Worth using for a value that grows beyond some KB, or that comes and goes; it
     * {@linkplain ValueType#release gives them away} at its end.
     *
     * @return the server's pool; the same at every call
     */
    ArrayPool arrays();

    /**
     * Leaves a note beside a value of bytes, in four bits that cost nothing. It means what the type says, stays until the value
     * is {@linkplain #put replaced}, and is shown to {@link BytesType#encoding(Slice, int)}.
     *
     * @param key a key that is declared for writing and holds a value of bytes
     * @param note 0 to 15; 0 is what a new value has
     */
    void note(Key key, int note);

    /**
     * Removes a key.
     *
     * @param key a key that is declared for writing
     * @return whether there was one
     */
    boolean delete(Key key);

    /**
     * Whether the key holds anything.
     *
     * @param key a declared key
     * @return true if it does
     */
    boolean exists(Key key);

    /**
     * The type of what the key holds.
     *
     * @param key a declared key
     * @return the type; null if the key holds nothing
     */
    ValueType<?> typeOf(Key key);

    /**
     * When the key expires.
     *
     * @param key a declared key
     * @return milliseconds since the epoch; {@link #NO_EXPIRY} if never or if there is no such key
     */
    long expiresAtMillis(Key key);

    /**
     * Changes when the key expires. A time in the past removes the key at once.
     *
     * @param key a key that is declared for writing
     * @param epochMillis milliseconds since the epoch, or {@link #NO_EXPIRY}
     * @return whether the key exists (existed, if it is removed)
     */
    boolean expireAt(Key key, long epochMillis);

    /**
     * Says that a value obtained with {@link #write} was not changed after all.
     *
     * @param key the key given to {@code write}
     */
    void unchanged(Key key);

    /**
     * Names what happens to a key, for those who {@linkplain PluginContext#listen listen}: in the place of the {@linkplain
     * CommandSpec#event() command's event}, which they would hear of otherwise. May be called several times; they hear of all in
     * this order when the handler has returned. That the key goes away, having become empty or been deleted, they hear of in any
     * case. Costs nothing while nobody listens.
     *
     * @param key a key of the running command
     * @param type of what kind the event is
     * @param name as Redis would name it, such as {@code rename_from}; kept, so not to be made up at each call
     */
    void event(Key key, KeyspaceEvent.Type type, String name);
}
