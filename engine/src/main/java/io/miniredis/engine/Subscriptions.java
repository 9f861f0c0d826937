package io.miniredis.engine;

import io.miniredis.api.Slice;
import io.miniredis.engine.PubSub.Kind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** What one client has subscribed to. Used by the client's own thread; how many they are, any thread may ask. */
final class Subscriptions {
    private final ClientSession client;
    private final PubSub pubSub;
    private final Map<Kind, Map<Topic, Subscription>> own = new EnumMap<>(Kind.class);
    // What CLIENT LIST shows.
    private volatile int channels;
    private volatile int patterns;
    private volatile int shardChannels;

    Subscriptions(ClientSession client, PubSub pubSub) {
        this.client = client;
        this.pubSub = pubSub;
        for (Kind kind : Kind.values()) {
            own.put(kind, new LinkedHashMap<>());
        }
    }

    /**
     * Subscribes, unless that was done already.
     *
     * @param confirm tells the client, before anything can come through the subscription; is given what is counted then
     */
    void add(Kind kind, Slice name, IntConsumer confirm) {
        Topic topic = pubSub.topic(name);
        Map<Topic, Subscription> ofKind = own.get(kind);
        Subscription subscription = new Subscription(client);
        boolean isNew = ofKind.putIfAbsent(topic, subscription) == null;
        count();
        confirm.accept(counted(kind));
        if (isNew) {
            pubSub.topics(kind).add(topic, subscription);
        }
    }

    /** Ends a subscription, if there is one. Nothing comes through it any more. */
    void remove(Kind kind, Slice name) {
        remove(kind, pubSub.topic(name));
    }

    private void remove(Kind kind, Topic topic) {
        Subscription subscription = own.get(kind).remove(topic);
        if (subscription != null) {
            pubSub.topics(kind).remove(topic, subscription);
            client.outbox().end(subscription);
            count();
        }
    }

    /** Ends all. */
    void clear() {
        for (Kind kind : Kind.values()) {
            names(kind).forEach(name -> remove(kind, new Slice(name)));
        }
    }

    /** What the client has subscribed to, in the order in which it did. */
    List<byte[]> names(Kind kind) {
        return own.get(kind).keySet().stream().map(topic -> topic.name).toList();
    }

    private void count() {
        channels = own.get(Kind.CHANNEL).size();
        patterns = own.get(Kind.PATTERN).size();
        shardChannels = own.get(Kind.SHARD).size();
        client.restrict();
    }

    /** What is counted in confirmations: shard channels by themselves, channels and patterns together. */
    int counted(Kind kind) {
        return kind == Kind.SHARD ? shardChannels : channels + patterns;
    }

    int channels() {
        return channels;
    }

    int patterns() {
        return patterns;
    }

    int shardChannels() {
        return shardChannels;
    }

    boolean isEmpty() {
        return channels + patterns + shardChannels == 0;
    }
}
