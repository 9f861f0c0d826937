package io.miniredis.engine;

import io.miniredis.api.KeyspaceEvent;
import io.miniredis.api.KeyspaceListener;
import io.miniredis.api.Slice;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what happens to keys, as Redis's keyspace notifications: the classes of events that {@code notify-keyspace-events} names,
 * to the channels {@code __keyspace@0__:KEY} and {@code __keyevent@0__:EVENT}. While it names any, this is one of the {@link Listeners}.
 */
final class Notifications implements KeyspaceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    /** The classes in the order in which Redis prints them. */
    private static final String CLASSES = "g$lshzxetdnKEm";

    /** Those that A stands for. */
    private static final String ALL = "g$lshzxetd";

    /** A key is new. Not an event that plugins hear of. */
    static final int NEW = bit('n');

    /** A key was looked for and is not there. Not an event that plugins hear of. */
    static final int MISS = bit('m');

    private static final int KEYSPACE = bit('K');
    private static final int KEYEVENT = bit('E');
    private static final int EVERYTHING = bits(ALL);

    private final Engine engine;
    private final Listeners.Listener listener =
            new Listeners.Listener(this, e -> LOG.error("A keyspace notification failed", e));

    /**
     * Which classes are published; 0 if none, or if there is no channel for them. Plain, because it is read for each key that is looked for in
     * vain: threads that run requests take it in with the next lock, and a moment does not matter to them.
     */
    private int wanted;

    Notifications(Engine engine) {
        this.engine = engine;
    }

    private static int bit(char letter) {
        return 1 << CLASSES.indexOf(letter);
    }

    private static int bits(String letters) {
        int bits = 0;
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            if (letter == 'A') {
                bits |= bits(ALL);
            } else if (CLASSES.indexOf(letter) >= 0) {
                bits |= bit(letter);
            } else {
                throw new IllegalArgumentException("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
            }
        }
        return bits;
    }

    /**
     * Classes as CONFIG GET shows them.
     *
     * @throws IllegalArgumentException with Redis's explanation, if a letter stands for nothing
     */
    static String canonical(String text) {
        int bits = bits(text);
        StringBuilder letters = new StringBuilder();
        if ((bits & EVERYTHING) == EVERYTHING) {
            letters.append('A');
            bits &= ~EVERYTHING;
        }
        for (int i = 0; i < CLASSES.length(); i++) {
            if ((bits & 1 << i) != 0) {
                letters.append(CLASSES.charAt(i));
            }
        }
        return letters.toString();
    }

    /** Takes up the classes of the settings. */
    synchronized void configure() {
        int bits = bits(engine.settings().get("notify-keyspace-events"));
        boolean wasListening = wanted != 0;
        wanted = (bits & (KEYSPACE | KEYEVENT)) == 0 ? 0 : bits;
        if (wanted != 0 && !wasListening) {
            engine.listeners().add(listener);
        } else if (wanted == 0 && wasListening) {
            engine.listeners().remove(listener);
        }
    }

    /** Whether a class is published. */
    boolean has(int ofClass) {
        return (wanted & ofClass) != 0;
    }

    @Override
    public void changed(KeyspaceEvent event) {
        int ofClass = bit(event.type().letter());
        if (has(ofClass)) {
            publish(engine.worker(), ofClass, event.database(), event.key(), event.name());
        }
    }

    void publish(Worker worker, int ofClass, int database, Slice key, String event) {
        int classes = wanted;
        if ((classes & ofClass) == 0) {
            return;
        }
        Slice name = new Slice(event.getBytes(StandardCharsets.UTF_8));
        if ((classes & KEYSPACE) != 0) {
            publish(worker, channel("__keyspace@", database, key), name);
        }
        if ((classes & KEYEVENT) != 0) {
            publish(worker, channel("__keyevent@", database, name), key);
        }
    }

    private void publish(Worker worker, Slice channel, Slice text) {
        engine.pubSub().publish(worker.messages, PubSub.Kind.CHANNEL, channel, text);
    }

    private static Slice channel(String prefix, int database, Slice suffix) {
        byte[] begin = (prefix + database + "__:").getBytes(StandardCharsets.US_ASCII);
        byte[] name = new byte[begin.length + suffix.length()];
        System.arraycopy(begin, 0, name, 0, begin.length);
        suffix.copyTo(name, begin.length);
        return new Slice(name);
    }
}
