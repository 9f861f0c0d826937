package demo.bloomfilter;

import io.miniredis.api.CommandException;
import io.miniredis.api.Layout;
import java.util.Arrays;

/**
 * A set that can be asked whether it contains an item, answers in a constant time and in a few bits for each item, and is wrong
 * now and then: it may say yes to an item that was never added, never no to one that was.
 *
 * <p>A scalable Bloom filter (Almeida, Baquero, Preguica, Hutchison, 2007): when the layer is full, another one is put on top,
 * several times as large and with half the error rate, so that all together stay below the error rate asked for.
 */
final class BloomFilter {
    /** What an expansion of a filter that does not grow is. */
    static final int NONSCALING = 0;

    private static final double TIGHTENING_RATIO = 0.5;
    private static final long SHALLOW_BYTES = Layout.object(1, 2 * Long.BYTES + Integer.BYTES);

    private final int expansion;
    private Layer[] layers;
    private long items;
    private long memoryBytes;

    BloomFilter(int expansion, Layer... layers) {
        this.expansion = expansion;
        this.layers = layers;
        memoryBytes = SHALLOW_BYTES + Layout.references(layers.length);
        for (Layer layer : layers) {
            items += layer.items();
            memoryBytes += layer.memoryBytes();
        }
    }

    /**
     * Makes an empty filter.
     *
     * @param capacity how many items the first layer is for; 1 or more
     * @param errorRate the error rate of the whole; between 0 and 1
     * @param expansion how many times as large each further layer is, or {@link #NONSCALING}
     * @param maxBytes the largest layer that may be made
     * @throws CommandException if the first layer would be larger, or there is no memory for it
     */
    static BloomFilter reserve(long capacity, double errorRate, int expansion, long maxBytes) throws CommandException {
        double ofFirst = expansion == NONSCALING ? errorRate : errorRate * TIGHTENING_RATIO;
        if (!fits(capacity, ofFirst, maxBytes)) {
            throw new CommandException("ERR insufficient memory to create filter");
        }
        return new BloomFilter(expansion, new Layer(capacity, ofFirst));
    }

    /** Makes an empty filter that is known to be small. */
    static BloomFilter scaling(long capacity, double errorRate, int expansion) {
        return new BloomFilter(expansion, new Layer(capacity, errorRate * TIGHTENING_RATIO));
    }

    /** Whether there is room for a layer: in what a value may have, and twice in the heap, which other values need too. */
    private static boolean fits(long capacity, double errorRate, long maxBytes) {
        long words = Layer.words(capacity, errorRate);
        return words <= maxBytes / Long.BYTES && words <= freeHeapBytes() / Long.BYTES / 2;
    }

    private static long freeHeapBytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    BloomFilter copy() {
        Layer[] copies = new Layer[layers.length];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = layers[i].copy();
        }
        return new BloomFilter(expansion, copies);
    }

    /** Whether an item of this hash may have been added. The newest layer is the largest, so it is asked first. */
    boolean contains(long hash) {
        for (int i = layers.length - 1; i >= 0; i--) {
            if (layers[i].contains(hash)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Adds an item.
     *
     * @param hash of the item
     * @param maxBytes the largest layer that may be made
     * @return false if it is there already, or so it seems
     * @throws CommandException if the filter is full; it is as it was then
     */
    boolean add(long hash, long maxBytes) throws CommandException {
        if (contains(hash)) {
            return false;
        }
        if (top().isFull()) {
            grow(maxBytes);
        }
        top().add(hash);
        items++;
        return true;
    }

    private Layer top() {
        return layers[layers.length - 1];
    }

    private void grow(long maxBytes) throws CommandException {
        if (expansion == NONSCALING) {
            throw new CommandException("ERR non scaling filter is full");
        }
        long capacity = (long) Math.min((double) top().capacity() * expansion, Long.MAX_VALUE);
        double errorRate = top().errorRate() * TIGHTENING_RATIO;
        if (!fits(capacity, errorRate, maxBytes)) {
            throw new CommandException("ERR problem inserting into filter");
        }
        Layer layer = new Layer(capacity, errorRate);
        Layer[] more = Arrays.copyOf(layers, layers.length + 1);
        more[layers.length] = layer;
        memoryBytes += layer.memoryBytes() + Layout.references(more.length) - Layout.references(layers.length);
        layers = more;
    }

    int expansion() {
        return expansion;
    }

    Layer[] layers() {
        return layers;
    }

    /** For how many items there is room without another layer, those included that are there. */
    long capacity() {
        long sum = 0;
        for (Layer layer : layers) {
            sum += layer.capacity();
        }
        return sum;
    }

    long items() {
        return items;
    }

    long memoryBytes() {
        return memoryBytes;
    }
}
