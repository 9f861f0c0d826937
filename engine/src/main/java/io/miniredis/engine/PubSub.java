package io.miniredis.engine;

import io.miniredis.api.Slice;
import io.miniredis.engine.Topics.Audience;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Carries messages from those who publish to those who have subscribed. Thread-safe. Publishing costs O(subscribers of the channel +
 * patterns), and waits for nobody but who publishes to the same channel at the same moment: all who hear a channel hear it in the same order.
 */
final class PubSub {
    /** A power of two. */
    private static final int ORDERS = 256;

    /** What one can subscribe to. The names are those of Redis's commands and messages. */
    enum Kind {
        /** A channel by its name. */
        CHANNEL("subscribe", "unsubscribe", "message"),
        /** All channels whose names match. */
        PATTERN("psubscribe", "punsubscribe", "pmessage"),
        /** A channel of a shard, which in a single server is a channel of another kind. */
        SHARD("ssubscribe", "sunsubscribe", "smessage");

        final String subscribed;
        final String unsubscribed;
        final String message;

        Kind(String subscribed, String unsubscribed, String message) {
            this.subscribed = subscribed;
            this.unsubscribed = unsubscribed;
            this.message = message;
        }
    }

    private final Databases databases;
    private final Outboxes outboxes;
    private final Map<Kind, Topics> topics = new EnumMap<>(Kind.class);
    private final Topics patterns;

    /** The monitor of a channel is one of these: held while a message is given to its subscribers. */
    private final Object[] orders = new Object[ORDERS];

    PubSub(Databases databases, Outboxes outboxes) {
        this.databases = databases;
        this.outboxes = outboxes;
        for (Kind kind : Kind.values()) {
            topics.put(kind, new Topics());
        }
        patterns = topics.get(Kind.PATTERN);
        for (int i = 0; i < ORDERS; i++) {
            orders[i] = new Object();
        }
    }

    Topics topics(Kind kind) {
        return topics.get(kind);
    }

    Topic topic(Slice name) {
        return new Topic(name, databases.hash(name));
    }

    /**
     * Publishes a message to a channel.
     *
     * @param kind CHANNEL or SHARD
     * @param messages of the calling thread
     * @return how many times it was heard, a client being counted for each of its subscriptions that match
     */
    int publish(Messages messages, Kind kind, Slice channel, Slice text) {
        Topics channels = topics.get(kind);
        boolean matchesPatterns = kind == Kind.CHANNEL && !patterns.isEmpty();
        if (channels.isEmpty() && !matchesPatterns) {
            return 0;
        }
        Topic topic = topic(channel);
        int heard = 0;
        synchronized (orders[topic.hashCode() & ORDERS - 1]) {
            Audience audience = channels.of(topic);
            if (audience != null) {
                outboxes.makeRoom(text.length());
                heard += tell(messages, audience, message(kind, channel, text));
            }
            if (matchesPatterns) {
                for (Audience pattern : patterns.all()) {
                    if (pattern.matches(channel)) {
                        outboxes.makeRoom(text.length());
                        heard += tell(messages, pattern, matching(pattern.topic, channel, text));
                    }
                }
            }
        }
        return heard;
    }

    /** The clients of a user that have subscribed to what its rules do not allow. Cost: O(subscriptions), of all clients. */
    Set<ClientSession> unentitled(AclUser user) {
        Set<ClientSession> found = new HashSet<>();
        for (Kind kind : Kind.values()) {
            for (Audience audience : topics.get(kind).all()) {
                if (!user.rules().allowsSubscribing(kind, new Slice(audience.topic.name))) {
                    for (Subscription subscription : audience.subscriptions) {
                        if (subscription.client.user() == user) {
                            found.add(subscription.client);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static int tell(Messages messages, Audience audience, Message message) {
        int heard = 0;
        for (Subscription subscription : audience.subscriptions) {
            if (messages.tell(subscription, message)) {
                heard++;
            }
        }
        return heard;
    }

    private static Message message(Kind kind, Slice channel, Slice text) {
        return new Message(push -> {
            push.push(3);
            push.bulk(kind.message);
            push.bulk(channel);
            push.bulk(text);
        });
    }

    private static Message matching(Topic pattern, Slice channel, Slice text) {
        return new Message(push -> {
            push.push(4);
            push.bulk(Kind.PATTERN.message);
            push.bulk(pattern.name);
            push.bulk(channel);
            push.bulk(text);
        });
    }
}
