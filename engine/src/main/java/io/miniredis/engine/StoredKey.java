package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A key and what it holds at one moment, so that two moments can be compared. Bytes are text, a character for each.
 *
 * @param database the number of its database
 * @param name its name
 * @param type the name of its type
 * @param value the value, as its type writes it
 * @param expiresAtMillis when it expires, in milliseconds since the epoch; -1 if never
 * @param memoryBytes what key and value occupy, by the server's account
 */
public record StoredKey(int database, String name, String type, String value, long expiresAtMillis, long memoryBytes) {

    static List<StoredKey> all(Engine engine) {
        List<StoredKey> all = new ArrayList<>();
        Worker worker = engine.worker();
        worker.refreshTime();
        worker.locks.acquireAll();
        try {
            Databases databases = engine.databases();
            for (int shard = 0; shard < databases.shards(); shard++) {
                for (int number = 0; number < databases.count(); number++) {
                    int database = number;
                    worker.table(shard, database).forEach((segment, slot) -> {
                        if (!worker.isExpired(segment, slot)) {
                            all.add(of(engine.types(), database, segment, slot));
                        }
                    });
                }
            }
        } finally {
            worker.locks.releaseAll();
        }
        return all;
    }

    private static StoredKey of(Types types, int database, Segment segment, int slot) {
        Object occupant = segment.occupant(slot, new Packed());
        @SuppressWarnings("unchecked")
        ValueType<Object> type = (ValueType<Object>) types.of(occupant);
        return new StoredKey(
                database,
                KeyTable.key(segment, slot, new Slice()).toString(),
                type.name(),
                written(type, types.value(occupant)),
                segment.expiresAtMillis(slot),
                Segment.memoryBytes(occupant));
    }

    private static String written(ValueType<Object> type, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            type.write(value, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all that is written", e);
        }
        return bytes.toString(ISO_8859_1);
    }
}
