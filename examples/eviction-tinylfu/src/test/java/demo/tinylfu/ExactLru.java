package demo.tinylfu;

import java.util.LinkedHashMap;
import java.util.Map;

/** What to compare with: a cache that always evicts the one key whose last use is longest ago. */
final class ExactLru {
    private ExactLru() {}

    /** Uses all keys of a trace. Returns the part of uses that found their key. */
    static double replay(Trace trace, int capacity) {
        Map<Integer, Boolean> cache = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
                return size() > capacity;
            }
        };
        int hits = 0;
        for (Integer key : trace.keys) {
            if (cache.get(key) == null) {
                cache.put(key, true);
            } else {
                hits++;
            }
        }
        return (double) hits / trace.keys.length;
    }
}
