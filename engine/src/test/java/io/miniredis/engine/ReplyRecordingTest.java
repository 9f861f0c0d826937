package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplyRecordingTest {
    private final ReplyRecording recording = new ReplyRecording();
    private final RecordedReply replies = new RecordedReply();

    private List<String> replayed() {
        replies.begin();
        recording.replayTo(replies);
        return replies.take();
    }

    @Test
    void whatWasWrittenIsWrittenAgain() {
        recording.array(9);
        recording.ok();
        recording.simple("QUEUED");
        recording.error("ERR x");
        recording.integer(7);
        recording.bulk("text");
        recording.bulkInteger(12);
        recording.nil();
        recording.nullArray();
        recording.map(1);
        recording.bool(true);
        recording.set(1);
        recording.bulk(new byte[] {'v'});

        RecordedReply expected = new RecordedReply();
        expected.begin();
        expected.array(9);
        expected.ok();
        expected.simple("QUEUED");
        expected.error("ERR x");
        expected.integer(7);
        expected.bulk("text");
        expected.bulkInteger(12);
        expected.nil();
        expected.nullArray();
        expected.map(1);
        expected.bool(true);
        expected.set(1);
        expected.bulk(new byte[] {'v'});
        assertEquals(expected.take(), replayed());
    }

    @Test
    void bytesAreCopied() {
        byte[] buffer = "abc".getBytes(US_ASCII);
        recording.array(2);
        recording.bulk(buffer, 1, 2);
        recording.bulk(new Slice(buffer));
        Arrays.fill(buffer, (byte) '#');
        assertEquals(List.of("['bc', 'abc']"), replayed());
    }

    @Test
    void longBytesAreBorrowedInstead() {
        byte[] buffer = new byte[100_000];
        boolean[] lent = new boolean[1];
        Slice slice = new Slice().wrap(buffer, 0, buffer.length, () -> lent[0] = true);
        recording.bulk(slice);
        assertTrue(lent[0]);
        assertEquals(1, replayed().size());
    }

    @Test
    void arraysOfUnknownLengthEndWhereTheyWereClosed() {
        Reply.Scope outer = recording.array();
        recording.integer(1);
        Reply.Scope inner = recording.array();
        recording.integer(2);
        inner.close();
        recording.integer(3);
        outer.close();
        assertEquals(List.of("[1, [2], 3]"), replayed());
    }

    @Test
    void whatIsWithdrawnIsForgotten() {
        recording.integer(1);
        recording.rollback();
        recording.begin();
        recording.integer(2);
        assertEquals(List.of("2"), replayed());
    }

    @Test
    void anIncompleteReplyShowsWhenItIsWritten() {
        recording.array(2);
        recording.integer(1);
        replies.begin();
        recording.replayTo(replies);
        assertFalse(replies.isComplete());
    }
}
