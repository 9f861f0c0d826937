package io.miniredis.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What all keys, values and tables occupy at one moment, known in two ways that must agree.
 *
 * @param accountedBytes by the server's account, which each change has brought up to date
 * @param weighedBytes by weighing all that is stored, without what is free for more
 */
public record StoredBytes(long accountedBytes, long weighedBytes) {

    static StoredBytes weigh(Engine engine, ToLongFunction<List<Object>> scale) {
        ShardLocks locks = engine.worker().locks;
        locks.acquireAll();
        try {
            locks.publish();
            Databases databases = engine.databases();
            List<Object> directories = new ArrayList<>();
            long slack = 0;
            for (int shard = 0; shard < databases.shards(); shard++) {
                slack += databases.shard(shard).slackBytes();
                databases.shard(shard).tables().forEach(table -> directories.add(table.directory));
            }
            return new StoredBytes(databases.memoryBytes(), scale.applyAsLong(directories) - slack);
        } finally {
            locks.releaseAll();
        }
    }
}
