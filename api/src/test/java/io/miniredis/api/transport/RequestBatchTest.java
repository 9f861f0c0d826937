package io.miniredis.api.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RequestBatchTest {
    private final byte[] input = "..SET.key.value.GET.key..".getBytes(US_ASCII);
    private final RequestBatch received = new RequestBatch();
    private final RequestBatch kept = new RequestBatch();

    RequestBatchTest() {
        received.clear(input);
        received.addArgument(2, 3);
        received.addArgument(6, 3);
        received.addArgument(10, 5);
        received.endRequest(15);
        received.addArgument(16, 3);
        received.addArgument(20, 3);
        received.endRequest(23);
    }

    private static String text(RequestBatch batch, int request) {
        StringBuilder text = new StringBuilder();
        int first = batch.firstArgument(request);
        for (int i = first; i < first + batch.argumentCount(request); i++) {
            text.append(new String(batch.buffer(), batch.offset(i), batch.length(i), US_ASCII))
                    .append('|');
        }
        return text.toString();
    }

    @Test
    void aCopyStaysWhenTheBufferIsUsedForSomethingElse() {
        kept.addCopy(received, 1);
        kept.addCopy(received, 0);
        kept.addCopy(received, 1);
        Arrays.fill(input, (byte) '#');
        assertEquals(3, kept.size());
        assertEquals("GET|key|", text(kept, 0));
        assertEquals("SET|key|value|", text(kept, 1));
        assertEquals("GET|key|", text(kept, 2));
    }

    @Test
    void manyCopiesAreKept() {
        for (int i = 0; i < 1000; i++) {
            kept.addCopy(received, i % 2);
        }
        for (int i = 0; i < 1000; i++) {
            assertEquals(text(received, i % 2), text(kept, i));
        }
    }

    @Test
    void emptyArgumentsAreArguments() {
        received.addArgument(0, 0);
        received.endRequest(24);
        kept.addCopy(received, 2);
        assertEquals("|", text(kept, 0));
    }
}
