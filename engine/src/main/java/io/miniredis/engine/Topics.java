package io.miniredis.engine;

import io.miniredis.api.Slice;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has subscribed to what, of one kind. Thread-safe: who publishes reads an array that is never changed, so that it waits for nobody;
 * subscribing replaces it.
 */
final class Topics {

    /** Who has subscribed to one channel or pattern. Immutable. */
    static final class Audience {
        final Topic topic;
        final Subscription[] subscriptions;
        private final Glob glob;

        private Audience(Topic topic, Glob glob, Subscription[] subscriptions) {
            this.topic = topic;
            this.glob = glob;
            this.subscriptions = subscriptions;
        }

        /** Whether the topic, a pattern, matches a channel's name. */
        boolean matches(Slice channel) {
            return glob.matches(channel);
        }

        private Audience with(Subscription one) {
            Subscription[] more = Arrays.copyOf(subscriptions, subscriptions.length + 1);
            more[subscriptions.length] = one;
            return new Audience(topic, glob, more);
        }

        /** Null if nobody is left. */
        private Audience without(Subscription one) {
            Subscription[] left = Arrays.stream(subscriptions)
                    .filter(candidate -> candidate != one)
                    .toArray(Subscription[]::new);
            return left.length == 0 ? null : new Audience(topic, glob, left);
        }
    }

    private final ConcurrentHashMap<Topic, Audience> audiences = new ConcurrentHashMap<>();

    void add(Topic topic, Subscription subscription) {
        audiences.compute(topic, (unused, known) -> {
            Audience audience =
                    known != null ? known : new Audience(topic, new Glob(new Slice(topic.name)), new Subscription[0]);
            return audience.with(subscription);
        });
    }

    void remove(Topic topic, Subscription subscription) {
        audiences.computeIfPresent(topic, (unused, known) -> known.without(subscription));
    }

    /** Who has subscribed to a topic; null if nobody. */
    Audience of(Topic topic) {
        return audiences.get(topic);
    }

    /** All topics that anybody has subscribed to; what changes meanwhile may be among them or not. */
    Collection<Audience> all() {
        return audiences.values();
    }

    boolean isEmpty() {
        return audiences.isEmpty();
    }

    int size() {
        return audiences.size();
    }
}
