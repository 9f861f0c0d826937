package demo.ratelimiter;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.Slice;
import io.miniredis.testkit.CommandCheck;
import io.miniredis.testkit.Provided;
import io.miniredis.testkit.ValueTypeCheck;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of this plugin does what its spec says, and its type what types do. A command without an example fails. */
final class HonestyTest {
    private static final String EXAMPLES = """
            THROTTLE {k} 2 30 60 = [0, 3, 2, -1, 2]
            THROTTLE k 2 30 60; THROTTLE {k} 2 30 60 = [0, 3, 1, -1, 4]
            THROTTLE k 2 30 60; THROTTLE {k} 2 30 60 2 = [0, 3, 0, -1, 6]
            THROTTLE k 0 1 10; THROTTLE {k} 0 1 10 = [1, 1, 0, 10, 10]
            THROTTLE k 2 1 1 3; THROTTLE {k} 2 1 1 0 = [0, 3, 0, -1, 3]
            THROTTLE {k} 2 1 1 0 = [0, 3, 3, -1, 0]
            THROTTLE {k} 2 1 1 4 = [1, 3, 3, -1, 0]
            THROTTLE k 9 1 1 9; THROTTLE {k} 0 1 1 = [1, 1, 0, 9, 9]
            THROTTLE k many 1 1 = -ERR value is not an integer or out of range
            THROTTLE k 1 1 1 1.5 = -ERR value is not an integer or out of range
            THROTTLE k -1 1 1 = -ERR burst must not be negative
            THROTTLE k 1 0 1 = -ERR rate must be positive
            THROTTLE k 1 1000000001 1 = -ERR rate must not be more than one in a nanosecond
            THROTTLE k 1 1 0 = -ERR period must be 1 to 1576800000 seconds
            THROTTLE k 1576800000 1 1 = -ERR burst must not take more than 1576800000 seconds at this rate
            THROTTLE k 1 1 10; THROTTLE k 1 1 10 -1 = -ERR cost must not be negative
            THROTTLE k 1 1 10; THROTTLE k 1 1 10 1 1 = -ERR wrong number of arguments for 'throttle' command
            TESTKIT.OTHER k; THROTTLE k 1 1 1 = -WRONGTYPE Operation against a key holding the wrong kind of value
            """;

    static List<CommandHandler> commands() {
        return Provided.commands("demo.ratelimiter");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandIsHonest(CommandHandler handler) {
        CommandCheck.of(handler).examples(EXAMPLES).verify();
    }

    @Test
    void typeIsHonest() {
        byte[] written = HexFormat.of().parseHex("00000008" + "17979cfe362a0001");
        ValueTypeCheck.of(new ArrivalType())
                .values(arrival(0), arrival(1_700_000_000_000_000_001L), arrival(Long.MAX_VALUE))
                .reads(1, written, arrival(1_700_000_000_000_000_001L))
                .verify();
    }

    private static Slice arrival(long nanos) {
        return new Slice(ByteBuffer.allocate(Long.BYTES).putLong(nanos).array());
    }
}
