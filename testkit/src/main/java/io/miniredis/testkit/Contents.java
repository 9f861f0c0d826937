package io.miniredis.testkit;

import io.miniredis.engine.StoredKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All that a server stores at one moment, to be compared with another. */
final class Contents {
    private final Map<String, StoredKey> keys = new TreeMap<>();

    Contents(List<StoredKey> keys) {
        keys.forEach(key -> this.keys.put(key.database() + " " + key.name(), key));
    }

    /** What has become different since an earlier moment, a sentence for each key; empty if nothing. */
    List<String> changesSince(Contents earlier) {
        List<String> changes = new ArrayList<>();
        for (String place : placesOfBoth(earlier)) {
            StoredKey before = earlier.keys.get(place);
            StoredKey after = keys.get(place);
            String change = change(before, after);
            if (change != null) {
                changes.add("key '" + (after == null ? before : after).name() + "' " + change);
            }
        }
        return changes;
    }

    private Set<String> placesOfBoth(Contents other) {
        Set<String> places = new LinkedHashSet<>(keys.keySet());
        places.addAll(other.keys.keySet());
        return places;
    }

    /** The names of keys that have become different since an earlier moment, in any database. */
    Set<String> changedNames(Contents earlier) {
        Set<String> names = new LinkedHashSet<>();
        for (String place : placesOfBoth(earlier)) {
            StoredKey before = earlier.keys.get(place);
            StoredKey after = keys.get(place);
            if (change(before, after) != null) {
                names.add((after == null ? before : after).name());
            }
        }
        return names;
    }

    private static String change(StoredKey before, StoredKey after) {
        if (before == null) {
            return "was created";
        }
        if (after == null) {
            return "was removed";
        }
        if (!before.type().equals(after.type())) {
            return "became a " + after.type() + ", having been a " + before.type();
        }
        if (!before.value().equals(after.value())) {
            return "got another value";
        }
        if (before.expiresAtMillis() != after.expiresAtMillis()) {
            return "got another expiry, " + after.expiresAtMillis() + " instead of " + before.expiresAtMillis();
        }
        return null;
    }

    /** How many bytes those keys have gained that became different since an earlier moment. */
    long gainedBytes(Contents earlier) {
        long gained = 0;
        for (String place : placesOfBoth(earlier)) {
            StoredKey before = earlier.keys.get(place);
            StoredKey after = keys.get(place);
            if (change(before, after) != null) {
                gained += (after == null ? 0 : after.memoryBytes()) - (before == null ? 0 : before.memoryBytes());
            }
        }
        return gained;
    }
}
