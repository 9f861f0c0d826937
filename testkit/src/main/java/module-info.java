import io.miniredis.api.CommandHandler;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.testkit.OtherType;
import io.miniredis.testkit.PutOther;

/**
 * A server without sockets, for tests: {@link io.miniredis.testkit.TestServer}. Not part of the image.
 *
 * @provides CommandHandler {@code testkit.other}, so that each type's tests have another one at hand
 */
module io.miniredis.testkit {
    requires transitive io.miniredis.api;
    requires io.miniredis.engine;
    requires io.miniredis.protocol.resp;
    requires jdk.management; // counts what reading allocates

    exports io.miniredis.testkit;

    uses CommandHandler;
    uses EvictionPolicy;

    provides CommandHandler with
            PutOther;
    provides ValueType with
            OtherType;
}
