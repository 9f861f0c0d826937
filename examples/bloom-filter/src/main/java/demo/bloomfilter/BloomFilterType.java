package demo.bloomfilter;

import io.miniredis.api.ValueType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The type of Bloom filters, named as RedisBloom names it. */
public final class BloomFilterType implements ValueType<BloomFilter> {
    /** What this module's commands look values up with. */
    static final BloomFilterType INSTANCE = new BloomFilterType();

    private static final int VERSION = 1;

    /** What a filter is that was not reserved. */
    private static final long DEFAULT_CAPACITY = 100;

    private static final double DEFAULT_ERROR_RATE = 0.01;
    static final int DEFAULT_EXPANSION = 2;

    /** For the service loader. All instances are alike. */
    public BloomFilterType() {}

    @Override
    public String name() {
        return "MBbloom--";
    }

    @Override
    public int encodingVersion() {
        return VERSION;
    }

    @Override
    public BloomFilter create() {
        return BloomFilter.scaling(DEFAULT_CAPACITY, DEFAULT_ERROR_RATE, DEFAULT_EXPANSION);
    }

    @Override
    public BloomFilter copy(BloomFilter filter) {
        return filter.copy();
    }

    @Override
    public long memoryBytes(BloomFilter filter) {
        return filter.memoryBytes();
    }

    /** The expansion and the number of layers, then of each layer capacity, error rate, items and bits. */
    @Override
    public void write(BloomFilter filter, DataOutput out) throws IOException {
        out.writeInt(filter.expansion());
        out.writeInt(filter.layers().length);
        for (Layer layer : filter.layers()) {
            out.writeLong(layer.capacity());
            out.writeDouble(layer.errorRate());
            out.writeLong(layer.items());
            for (long word : layer.words()) {
                out.writeLong(word);
            }
        }
    }

    @Override
    public BloomFilter read(int version, DataInput in) throws IOException {
        if (version != VERSION) {
            throw new IOException("unknown version " + version + " of a Bloom filter");
        }
        int expansion = in.readInt();
        int count = in.readInt();
        if (expansion < 0 || count < 1) {
            throw new IOException("a Bloom filter of " + count + " layers with expansion " + expansion);
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            layers.add(readLayer(in));
        }
        return new BloomFilter(expansion, layers.toArray(new Layer[0]));
    }

    private static Layer readLayer(DataInput in) throws IOException {
        long capacity = in.readLong();
        double errorRate = in.readDouble();
        long items = in.readLong();
        boolean isValid = capacity > 0 && errorRate > 0 && errorRate < 1 && items >= 0 && items <= capacity;
        if (!isValid || Layer.words(capacity, errorRate) > Integer.MAX_VALUE - 8) {
            throw new IOException(
                    "a layer of " + items + " items with capacity " + capacity + " and error rate " + errorRate);
        }
        return new Layer(capacity, errorRate, items, readWords(in, (int) Layer.words(capacity, errorRate)));
    }

    /** Grows as words arrive, so that a corrupt length cannot allocate more than there is. */
    private static long[] readWords(DataInput in, int length) throws IOException {
        long[] words = new long[Math.min(length, 1 << 13)];
        for (int i = 0; i < length; i++) {
            if (i == words.length) {
                words = Arrays.copyOf(words, (int) Math.min(length, 2L * i));
            }
            words[i] = in.readLong();
        }
        return words;
    }
}
