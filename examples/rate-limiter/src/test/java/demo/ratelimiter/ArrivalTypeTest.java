package demo.ratelimiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Key;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import org.junit.jupiter.api.Test;

final class ArrivalTypeTest {
    private final CommandContext context = mock(CommandContext.class);
    private final Keyspace keyspace = mock(Keyspace.class);
    private final Key key = mock(Key.class);

    @Test
    void isEightBytesTheHighestFirst() throws CommandException {
        holds(0, 0, 0, 0, 0, 0, 1, 2);
        assertEquals(258, ArrivalType.get(context, key));
    }

    @Test
    void bytesOfAnotherLengthAreRefused() throws CommandException {
        holds(1, 2, 3);
        assertThrows(CommandException.class, () -> ArrivalType.get(context, key));
    }

    private void holds(int... bytes) throws CommandException {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        when(context.keyspace()).thenReturn(keyspace);
        when(keyspace.read(any(), anArrival())).thenReturn(new Slice(value));
    }

    private static ValueType<Slice> anArrival() {
        return any();
    }
}
