package io.miniredis.testkit;

import io.miniredis.api.ArrayPool;
import io.miniredis.api.BytesType;
import io.miniredis.api.CommandException;
import io.miniredis.api.Key;
import io.miniredis.api.Keyspace;
import io.miniredis.api.KeyspaceEvent;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;

/** A keyspace as it is, that notes what was asked of it. */
final class ObservedKeyspace implements Keyspace {
    private final Keyspace keyspace;
    private final Observation observation;

    ObservedKeyspace(Keyspace keyspace, Observation observation) {
        this.keyspace = keyspace;
        this.observation = observation;
    }

    private Key typed(Key key) {
        observation.typed.add(key.name().toString());
        return key;
    }

    private Key written(Key key) {
        observation.written.add(key.name().toString());
        return key;
    }

    @Override
    public ArrayPool arrays() {
        return keyspace.arrays();
    }

    @Override
    public <V> V read(Key key, ValueType<V> type) throws CommandException {
        return keyspace.read(typed(key), type);
    }

    @Override
    public <V> V write(Key key, ValueType<V> type) throws CommandException {
        return keyspace.write(typed(written(key)), type);
    }

    @Override
    public <V> V writeOrCreate(Key key, ValueType<V> type) throws CommandException {
        return keyspace.writeOrCreate(typed(written(key)), type);
    }

    @Override
    public <V> void put(Key key, ValueType<V> type, V value, long expiresAtMillis) {
        keyspace.put(written(key), type, value, expiresAtMillis);
    }

    @Override
    public Slice grow(Key key, BytesType type, int length) throws CommandException {
        return keyspace.grow(typed(written(key)), type, length);
    }

    @Override
    public void note(Key key, int note) {
        keyspace.note(written(key), note);
    }

    @Override
    public boolean delete(Key key) {
        return keyspace.delete(written(key));
    }

    @Override
    public boolean exists(Key key) {
        return keyspace.exists(key);
    }

    @Override
    public ValueType<?> typeOf(Key key) {
        return keyspace.typeOf(key);
    }

    @Override
    public long expiresAtMillis(Key key) {
        return keyspace.expiresAtMillis(key);
    }

    @Override
    public boolean expireAt(Key key, long epochMillis) {
        return keyspace.expireAt(written(key), epochMillis);
    }

    @Override
    public void unchanged(Key key) {
        observation.written.remove(key.name().toString());
        keyspace.unchanged(key);
    }

    @Override
    public void event(Key key, KeyspaceEvent.Type type, String name) {
        keyspace.event(key, type, name);
    }
}
