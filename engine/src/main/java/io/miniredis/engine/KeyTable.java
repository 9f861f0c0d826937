package io.miniredis.engine;

import io.miniredis.api.Layout;
import io.miniredis.api.Slice;
import io.miniredis.engine.ParkedType.Parked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * The keys of one database in one shard: extendible hashing (Fagin and others, 1979). A directory, indexed by the first bits
 * of a key's tag, points to {@link Segment}s; a full segment splits in two, and only it. So growth never stalls: the most that
 * one insertion moves is one segment, and the most it copies is the directory, one reference per thousand keys.
 *
 * <p>Expiry needs no index of its own: each segment knows a lower bound of its expiry times, and one column to look through
 * when it is due. Guarded by the shard's lock.
 */
final class KeyTable implements Slabs.Owner {

    /** Receives keys as {@link #forEach} and {@link #scan} find them. */
    interface Visitor {
        /** One occupied slot. The segment must not be changed during the visit. */
        void visit(Segment segment, int slot);
    }

    /** Knows the tag of a key. */
    interface Tagger {
        /** The tag of a key's name. */
        int tag(byte[] array, int offset, int length);
    }

    /** Tags are 32 bits, unsigned: where a scan ends. */
    static final long END = 1L << 32;

    private static final int MAX_DEPTH = 22;

    /** How many segments in which nothing is due are looked at in one step of an expiry cycle. */
    static final int SEGMENTS_PER_STEP = 256;

    /** How often a random place is drawn. Half of the slots are taken, mostly, so this is enough unless only few keys are asked for. */
    private static final int MAX_DRAWS = 128;

    /** The directory of all tables that have had no key yet, which are most: never written to, and accounted for once, not by each. */
    static final Segment[] NO_KEYS = {new Segment(0, Segment.MIN_CAPACITY, null)};

    /** Not private, so that tests can weigh it. */
    Segment[] directory = NO_KEYS;

    private int depth;

    /** Where the entries lie that are small; null while there has been no key. Not private, so that tests can refer to it. */
    Slabs slabs;

    private long size;
    private long volatiles;

    /** How many values are not packed. */
    private long entries;

    /** What keys, values and segments of this table occupy. */
    private long bytes;

    /** What of it keys and values occupy, without segments. */
    private long occupantBytes;

    /** Knows which types are plugins'; null while they provide none. */
    private Types types;

    /** What of the bytes is of their types. */
    private TypeBytes byType = new TypeBytes();

    /** How many keys all tables of the database have. */
    private final KeyCounts databaseKeys;

    /** What all tables of the shard occupy. */
    private final MemoryMeter shardBytes;

    /** What the slabs of all tables of the shard do not use. */
    private final Slack slack;

    /** What of it is of this table. */
    private long slackBytes;

    /** Gets what goes. */
    private final Spares spares;

    /** The entries that have gone for good and whose values are going to give their arrays away. Null if there are none. */
    private List<Entry> leaving;

    /** What has gone and not been given away yet. Null if there is none. */
    private Remains remains;

    /** Whether the shard is going to have this table tidied. */
    private boolean isUntidy;

    private final Tagger tagger;

    // Null while there has been no key, as there are thousands of tables.

    /** Shows entries one after the other. */
    private Packed view;

    /** Shows an entry that is about to be put into a slot. */
    private Packed created;

    private Slice movedName;

    /** No key expires before this. A lower bound. */
    private long earliest = Long.MAX_VALUE;

    /** Where in the directory the walk of the expiry cycle has come to. */
    private int expiryCursor;

    /** What {@link #earliest} will be when the walk has come to the end. */
    private long earliestSeen = Long.MAX_VALUE;

    /** Changes whenever a slot may have moved. */
    private int structure;

    /** An empty table that is counted nowhere. */
    KeyTable(Tagger tagger) {
        this(tagger, new KeyCounts(), new MemoryMeter(new LongAdder()), new Slack(new LongAdder()), new Spares());
    }

    /**
     * An empty table.
     *
     * @param databaseKeys also gets how many keys this table has
     * @param shardBytes also gets what this table occupies
     * @param slack gets what its slabs do not use
     * @param spares gets what this table has no use for any more
     */
    KeyTable(Tagger tagger, KeyCounts databaseKeys, MemoryMeter shardBytes, Slack slack, Spares spares) {
        this.tagger = tagger;
        this.databaseKeys = databaseKeys;
        this.shardBytes = shardBytes;
        this.slack = slack;
        this.spares = spares;
    }

    /** What tables without keys share: all that there is without any key. */
    static long sharedBytes() {
        return weigh(NO_KEYS);
    }

    private static long weigh(Segment[] directoryOfOne) {
        return Layout.references(1) + directoryOfOne[0].memoryBytes();
    }

    long size() {
        return size;
    }

    long volatiles() {
        return volatiles;
    }

    long memoryBytes() {
        return bytes;
    }

    /** What of {@link #memoryBytes} is neither key nor value. */
    long overheadBytes() {
        return bytes - occupantBytes;
    }

    int structure() {
        return structure;
    }

    Segment segment(int tag) {
        return directory[(int) ((tag & 0xffffffffL) >>> (32 - depth))];
    }

    /**
     * The segment where a tag belongs, for who does not hold the lock and wants a hint: one that is or was in this table, or null
     * if the directory has just been replaced and the new one is not seen in full yet.
     */
    Segment segmentUnlocked(int tag) {
        Segment[] seen = directory; // once, so that the place fits the length
        return seen[(int) (((tag & 0xffffffffL) * seen.length) >>> 32)];
    }

    /** Whether a key and its value can be {@link #pack}ed. */
    boolean canPack(int keyLength, int valueLength) {
        return Packed.fits(keyLength, valueLength) && (slabs == null || slabs.hasRoom());
    }

    /**
     * Packs a key and its value, to be inserted or to replace something.
     *
     * @param length how long the value is: the one given, and zeros after that
     * @return valid until the next call
     */
    Packed pack(int type, Slice key, Slice value, int length) {
        if (directory == NO_KEYS) {
            begin();
        }
        created.create(slabs, type, key, value, length);
        accountSlack();
        return created;
    }

    /** The same, of a value as it is. */
    Packed pack(int type, Slice key, Slice value) {
        return pack(type, key, value, value.length());
    }

    /**
     * Adds a key that is not there yet.
     *
     * @param occupant what this table has {@linkplain #pack packed}, or an entry
     */
    void insert(int tag, Object occupant, long expiresAtMillis, int policyBits) {
        if (directory == NO_KEYS) {
            begin();
        }
        Segment segment = segment(tag);
        while (segment.isFull()) {
            grow(segment, tag);
            segment = segment(tag);
        }
        long before = segment.memoryBytes();
        segment.add(tag, occupant, expiresAtMillis, policyBits);
        account(segment.memoryBytes() - before);
        structure++;
        addKeys(1);
        come(occupant);
        if (expiresAtMillis >= 0) {
            addVolatiles(1);
            noteExpiry(expiresAtMillis);
        }
    }

    private void begin() {
        view = new Packed();
        created = new Packed();
        movedName = new Slice();
        slabs = new Slabs(spares.arrays);
        accountSlack();
        directory = new Segment[] {new Segment(0, Segment.MIN_CAPACITY, slabs)};
        account(weigh(directory));
    }

    @Override
    public void moved(int from, int to) {
        Slice name = Packed.key(slabs.array(to), Slabs.offset(to), movedName);
        int tag = tagger.tag(name.array(), name.offset(), name.length());
        segment(tag).moved(tag, from, to);
    }

    /** Removes a key with its value. */
    void remove(Segment segment, int slot) {
        leave(segment, slot);
        take(segment, slot);
    }

    /** Removes a key whose value, if that is an object, goes on to another one. */
    void take(Segment segment, int slot) {
        int tag = segment.tags[slot];
        free(segment, slot);
        if (segment.isSparse()) {
            shrink(segment, tag);
        }
    }

    /** Removes a key, and leaves its segment as large as it is. */
    private void free(Segment segment, int slot) {
        giveUp(segment, slot);
        if (segment.expiresAtMillis(slot) >= 0) {
            addVolatiles(-1);
        }
        segment.remove(slot);
        structure++;
        addKeys(-1);
    }

    private void giveUp(Segment segment, int slot) {
        Object occupant = segment.occupant(slot, view);
        account(occupant, -Segment.memoryBytes(occupant));
        if (occupant instanceof Packed packed) {
            slabs.free(packed.place());
            accountSlack();
            tidyLater();
        } else {
            entries--;
        }
    }

    /** Has the value in a slot give its arrays away when nobody uses it any more. */
    private void leave(Segment segment, int slot) {
        Entry entry = segment.entry(slot);
        if (entry != null) {
            if (leaving == null) {
                leaving = new ArrayList<>(1);
            }
            leaving.add(entry);
            tidyLater();
        }
    }

    private void tidyLater() {
        if (!isUntidy) {
            isUntidy = true;
            slack.tidyLater(this);
        }
    }

    private void accountSlack() {
        long now = slabs == null ? 0 : slabs.slackBytes();
        slack.add(now - slackBytes);
        slackBytes = now;
    }

    /**
     * Makes memory free that was freed, since nobody uses any more what was there.
     *
     * @return whether there is nothing left to do
     */
    boolean tidy() {
        releaseLeaving();
        if (remains != null && remains.giveSome(spares)) {
            remains = remains.before;
        }
        boolean areSlabsTidy = slabs == null || slabs.tidy(this);
        isUntidy = remains != null || !areSlabsTidy;
        accountSlack();
        return !isUntidy;
    }

    private void releaseLeaving() {
        if (leaving == null) {
            return;
        }
        for (Entry entry : leaving) {
            if (!entry.release(spares.arrays)) {
                remains = new ValueRemains(entry, remains);
            }
        }
        leaving = null;
    }

    /**
     * Puts something else, with the same key, into a slot.
     *
     * @param occupant what this table has {@linkplain #pack packed}, or an entry
     */
    void replace(Segment segment, int slot, Object occupant) {
        Entry old = segment.entry(slot);
        boolean isSameValue = old != null && occupant instanceof Entry entry && entry.value == old.value;
        if (!isSameValue) {
            leave(segment, slot);
        }
        exchange(segment, slot, occupant);
    }

    /**
     * Puts the same value into a slot in another form, or another one when that has been taken care of.
     *
     * @param occupant what this table has {@linkplain #pack packed}, or an entry
     */
    void exchange(Segment segment, int slot, Object occupant) {
        giveUp(segment, slot);
        come(occupant);
        long before = segment.memoryBytes();
        segment.replace(slot, occupant);
        account(segment.memoryBytes() - before);
    }

    /** How many values are objects, or bytes too large to be packed. */
    long entries() {
        return entries;
    }

    private void come(Object occupant) {
        account(occupant, Segment.memoryBytes(occupant));
        if (occupant instanceof Entry) {
            entries++;
        }
    }

    /** Accounts for an entry whose value changed its weight in place. */
    void grewBy(Entry entry, long more) {
        account(entry, more);
    }

    /** Moves what is in the emptiest slab to others, if that is worth it. Returns whether it was. */
    boolean compact() {
        boolean hasMoved = slabs != null && slabs.compact(this);
        accountSlack();
        return hasMoved;
    }

    /** Keeps account of what each plugin's types occupy, from here on. There are no values of theirs yet. */
    void countTypes(Types allTypes) {
        types = allTypes;
    }

    /** What the values of a plugin's type occupy, with their keys. */
    long bytesOfType(String type) {
        return byType.of(type);
    }

    void expire(Segment segment, int slot, long expiresAtMillis) {
        int before = segment.volatiles();
        long bytesBefore = segment.memoryBytes();
        segment.expire(slot, expiresAtMillis);
        if (segment.volatiles() != before) {
            addVolatiles(segment.volatiles() - before);
        }
        account(segment.memoryBytes() - bytesBefore);
        if (expiresAtMillis >= 0) {
            noteExpiry(expiresAtMillis);
        }
    }

    void setBits(Segment segment, int slot, int policyBits) {
        long before = segment.memoryBytes();
        segment.setBits(slot, policyBits);
        account(segment.memoryBytes() - before);
    }

    void dropBits() {
        if (directory == NO_KEYS) {
            return;
        }
        for (int at = 0; at < directory.length; at += span(directory[at])) {
            long before = directory[at].memoryBytes();
            directory[at].dropBits();
            account(directory[at].memoryBytes() - before);
        }
    }

    void clear() {
        if (slabs != null) {
            remains = new TableRemains(slabs.drop(), directory, remains);
            tidyLater();
            slabs = null;
        }
        directory = NO_KEYS;
        depth = 0;
        accountSlack();
        addKeys(-size);
        addVolatiles(-volatiles);
        account(-bytes);
        occupantBytes = 0;
        entries = 0;
        byType = new TypeBytes();
        earliest = Long.MAX_VALUE;
        earliestSeen = Long.MAX_VALUE;
        expiryCursor = 0;
        structure++;
    }

    private void addKeys(long more) {
        size += more;
        databaseKeys.addKeys(more);
    }

    private void addVolatiles(long more) {
        volatiles += more;
        databaseKeys.addVolatiles(more);
    }

    private void account(Object occupant, long more) {
        occupantBytes += more;
        account(more);
        if (types != null) {
            String type = types.pluginsType(occupant);
            if (type != null) {
                byType.add(type, more);
            }
        } else if (occupant instanceof Entry entry && entry.value instanceof Parked) {
            byType.add(entry.type.name(), more);
        }
    }

    private void account(long more) {
        bytes += more;
        shardBytes.add(more);
    }

    /** How many neighbouring directory entries point to a segment. */
    private int span(Segment segment) {
        return 1 << (depth - segment.depth);
    }

    /** The first of them. */
    private int firstIndex(Segment segment, int tag) {
        int index = (int) ((tag & 0xffffffffL) >>> (32 - depth));
        return index & -span(segment);
    }

    private void grow(Segment segment, int tag) {
        if (segment.capacity() < Segment.MAX_CAPACITY || segment.depth == MAX_DEPTH) {
            resize(segment, tag, segment.capacity() * 2);
        } else {
            split(segment, tag);
        }
    }

    private void resize(Segment segment, int tag, int capacity) {
        Segment other = spares.takeSegment(segment.depth, capacity, slabs);
        other.takeFrom(segment);
        int first = firstIndex(segment, tag);
        Arrays.fill(directory, first, first + span(segment), other);
        account(other.memoryBytes() - segment.memoryBytes());
        structure++;
    }

    private void split(Segment segment, int tag) {
        if (segment.depth == depth) {
            doubleDirectory();
        }
        long before = segment.memoryBytes();
        Segment upper = spares.takeSegment(segment.depth + 1, segment.capacity(), slabs);
        Segment lower = segment.divideWith(upper);
        int first = firstIndex(segment, tag);
        int half = span(segment) / 2;
        Arrays.fill(directory, first, first + half, lower);
        Arrays.fill(directory, first + half, first + 2 * half, upper);
        account(lower.memoryBytes() + upper.memoryBytes() - before);
        structure++;
    }

    private void doubleDirectory() {
        Segment[] doubled = new Segment[directory.length * 2];
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] = directory[i >> 1];
        }
        account(Layout.references(doubled.length) - Layout.references(directory.length));
        directory = doubled;
        depth++;
        expiryCursor *= 2;
    }

    /**
     * Gives memory back when a segment is sparse: joins it with its other half, and what comes of it again if that is sparse, too. If that
     * has too many keys yet, it will mostly have lost them by the time that this one is nearly empty, and joining costs least: it allocates nothing.
     */
    private void shrink(Segment segment, int tag) {
        Segment sparse = segment;
        while (sparse.depth > 0 && merge(sparse, tag)) {
            sparse = segment(tag);
            if (!sparse.isSparse()) {
                return;
            }
        }
        int capacity = capacityFor(sparse.size());
        if (capacity < sparse.capacity() && (sparse.depth == 0 || sparse.isNearlyEmpty())) {
            resize(sparse, tag, capacity);
        }
    }

    /** Joins a segment with its other half, if there are few keys in both together. Returns whether there were. */
    private boolean merge(Segment segment, int tag) {
        int span = span(segment);
        int first = firstIndex(segment, tag);
        int start = first & -(2 * span);
        Segment lower = directory[start];
        Segment upper = directory[start + span];
        if (lower.depth != upper.depth) {
            return false;
        }
        int together = lower.size() + upper.size();
        long before = lower.memoryBytes() + upper.memoryBytes();
        Segment merged;
        if (lower.isRoomyFor(together)) {
            merged = lower.joinedWith(upper);
        } else if (together <= Segment.MAX_CAPACITY / 4) {
            merged = new Segment(segment.depth - 1, capacityFor(together), slabs);
            merged.takeFrom(lower);
            merged.takeFrom(upper);
        } else {
            return false;
        }
        Arrays.fill(directory, start, start + 2 * span, merged);
        account(merged.memoryBytes() - before);
        structure++;
        return true;
    }

    /** Half empty, so that neither the next insertion nor the next removal changes it again. */
    private static int capacityFor(int keys) {
        int capacity = Segment.MIN_CAPACITY;
        while (capacity < keys * 2) {
            capacity *= 2;
        }
        return capacity;
    }

    void forEach(Visitor visitor) {
        for (int at = 0; at < directory.length; at += span(directory[at])) {
            Segment segment = directory[at];
            for (int slot = 0; slot < segment.capacity(); slot++) {
                if (segment.tags[slot] != 0) {
                    visitor.visit(segment, slot);
                }
            }
        }
    }

    /**
     * Visits the keys whose tags lie between a cursor and the one it returns, {@link #END} at the end. A tag never changes, so
     * a full iteration meets every key that stayed, whatever was split or merged between its steps.
     *
     * @param from the least tag to visit, unsigned
     * @param keys after how many keys to stop
     */
    long scan(long from, int keys, Visitor visitor) {
        long cursor = from;
        int[] left = {keys};
        long bucketsLeft = 10L * keys;
        while (cursor < END && left[0] > 0 && bucketsLeft-- > 0) {
            Segment segment = segment((int) cursor);
            int home = segment.home((int) cursor);
            // A segment that can be split no further may have more slots than its tags differ in.
            long width = Math.max(1, END >>> (segment.depth + Integer.numberOfTrailingZeros(segment.capacity())));
            visitBucket(segment, home, cursor, left, visitor);
            cursor = (cursor / width + 1) * width;
        }
        return cursor;
    }

    private static void visitBucket(Segment segment, int home, long from, int[] left, Visitor visitor) {
        for (int slot = home; segment.tags[slot] != 0; slot = segment.next(slot)) {
            int tag = segment.tags[slot];
            if (segment.home(tag) == home && (tag & 0xffffffffL) >= from) {
                visitor.visit(segment, slot);
                left[0]--;
            }
        }
    }

    /** A segment at random, each as likely as its share of the keys, roughly. */
    Segment randomSegment(SplittableRandom random) {
        return directory[random.nextInt(directory.length)];
    }

    /**
     * Visits keys that lie beside each other, from a random place on. The order of the keys is that of their hashes, so for whoever asks
     * neither for names nor for hashes they are as good as drawn one by one, and cost as many cache misses as one.
     *
     * @param count how many to visit
     * @param onlyVolatile whether to pass over keys without an expiry
     * @return how many were visited; fewer only if there are no more
     */
    int sample(SplittableRandom random, int count, boolean onlyVolatile, Visitor visitor) {
        int at = random.nextInt(directory.length);
        Segment first = directory[at];
        int start = random.nextInt(first.capacity());
        int left = count - visit(first, start, first.capacity(), count, onlyVolatile, visitor);
        at = nextSegment(at);
        while (left > 0 && directory[at] != first) {
            Segment segment = directory[at];
            left -= visit(segment, 0, segment.capacity(), left, onlyVolatile, visitor);
            at = nextSegment(at);
        }
        return count - left + visit(first, 0, start, left, onlyVolatile, visitor);
    }

    /** The directory's first entry for the segment after one, going around at the end. */
    private int nextSegment(int at) {
        int span = span(directory[at]);
        return ((at & -span) + span) & (directory.length - 1);
    }

    private static int visit(Segment segment, int from, int to, int most, boolean onlyVolatile, Visitor visitor) {
        if (onlyVolatile && segment.volatiles() == 0) {
            return 0;
        }
        int visited = 0;
        for (int slot = from; slot < to && visited < most; slot++) {
            if (mayVisit(segment, slot, onlyVolatile)) {
                visitor.visit(segment, slot);
                visited++;
            }
        }
        return visited;
    }

    private static boolean mayVisit(Segment segment, int slot, boolean onlyVolatile) {
        return segment.tags[slot] != 0 && (!onlyVolatile || segment.expiresAtMillis(slot) >= 0);
    }

    /**
     * Visits one key, each as likely as any other: a place is drawn among all slots that there would be if all segments were as small and
     * as deep as can be, until a key lies there. Where hardly any key may be visited it gives up, and visits the next one from a random
     * place on.
     *
     * @param onlyVolatile whether to draw among the keys with an expiry
     * @return whether there is one
     */
    boolean draw(SplittableRandom random, boolean onlyVolatile, Visitor visitor) {
        int mostSlots = directory.length == 1 ? directory[0].capacity() : Segment.MAX_CAPACITY;
        for (int i = 0; i < MAX_DRAWS; i++) {
            Segment segment = directory[random.nextInt(directory.length)];
            long place = random.nextLong((long) mostSlots * span(segment));
            if (place < segment.capacity() && mayVisit(segment, (int) place, onlyVolatile)) {
                visitor.visit(segment, (int) place);
                return true;
            }
        }
        return sample(random, 1, onlyVolatile, visitor) == 1;
    }

    /** Whether some key may have expired. */
    boolean mayHaveExpired(long nowMillis) {
        return earliest < nowMillis;
    }

    /** Keeps both bounds below an expiry: the walk may be past its segment. */
    private void noteExpiry(long expiresAtMillis) {
        earliest = Math.min(earliest, expiresAtMillis);
        earliestSeen = Math.min(earliestSeen, expiresAtMillis);
    }

    /**
     * Removes the expired keys of the next segment that has any, or looks at some that have none: so little at a time that who waits for
     * the table's lock need not wait long, however large the table is.
     *
     * @return how many keys were removed; -1 if none is left to be removed in the whole table
     */
    int expireSome(long nowMillis, Visitor beforeRemoval) {
        for (int left = SEGMENTS_PER_STEP; expiryCursor < directory.length; left--) {
            Segment segment = directory[expiryCursor];
            if (segment.earliest() < nowMillis) {
                return expireIn(segment, nowMillis, beforeRemoval);
            }
            if (left == 0) {
                return 0;
            }
            earliestSeen = Math.min(earliestSeen, segment.earliest());
            expiryCursor = (expiryCursor & -span(segment)) + span(segment);
        }
        expiryCursor = 0;
        earliest = earliestSeen;
        earliestSeen = Long.MAX_VALUE;
        return earliest < nowMillis ? 0 : -1;
    }

    /** Removes all that is due in a segment before it shrinks, so that it does so once. */
    private int expireIn(Segment segment, long nowMillis, Visitor beforeRemoval) {
        int removed = 0;
        int tag = 0;
        for (int slot = 0; slot < segment.capacity(); slot++) {
            // A removal may move another due key into this slot.
            while (segment.tags[slot] != 0 && isOver(segment.expiresAtMillis(slot), nowMillis)) {
                tag = segment.tags[slot];
                beforeRemoval.visit(segment, slot);
                leave(segment, slot);
                free(segment, slot);
                removed++;
            }
        }
        segment.tightenEarliest();
        if (removed > 0 && segment.isSparse()) {
            shrink(segment, tag);
        }
        return removed;
    }

    /** Whether a key with this expiry is gone. As in Redis, it is still there in the very millisecond. */
    static boolean isOver(long expiresAtMillis, long nowMillis) {
        return expiresAtMillis >= 0 && expiresAtMillis < nowMillis;
    }

    static Slice key(Segment segment, int slot, Slice target) {
        return segment.key(slot, target);
    }
}
