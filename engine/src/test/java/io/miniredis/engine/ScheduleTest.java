package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Plugin;
import io.miniredis.api.PluginContext;
import io.miniredis.api.Registration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Periodic tasks of plugins. */
final class ScheduleTest {
    private static final long LIMIT_SECONDS = 20;

    private final TestEngine engine = TestEngine.started();
    private final AtomicInteger runs = new AtomicInteger();
    private PluginContext context;

    @BeforeEach
    void install() throws Exception {
        engine.engine().install("clock", new Plugin() {
            @Override
            public void start(PluginContext given) {
                context = given;
            }
        });
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void pass(long millis) {
        engine.ticker.advanceMillis(millis);
        engine.engine().runDueTasks();
    }

    private PluginServices services() {
        return (PluginServices) context;
    }

    @Test
    void aTaskRunsWhenAPeriodHasPassed() {
        context.every(Duration.ofMillis(100), runs::incrementAndGet);
        pass(99);
        assertEquals(0, runs.get());
        pass(1);
        assertEquals(1, runs.get());
        pass(99);
        assertEquals(1, runs.get());
        pass(1);
        assertEquals(2, runs.get());
    }

    @Test
    void whatWasMissedIsNotMadeUpFor() {
        context.every(Duration.ofMillis(100), runs::incrementAndGet);
        pass(1000);
        assertEquals(1, runs.get());
        pass(99);
        assertEquals(1, runs.get());
        pass(1);
        assertEquals(2, runs.get());
    }

    @Test
    void aPeriodIsRoundedUpToMilliseconds() {
        context.every(Duration.ofNanos(1), runs::incrementAndGet);
        engine.ticker.advanceNanos(999_999);
        engine.engine().runDueTasks();
        assertEquals(0, runs.get());
        engine.ticker.advanceNanos(1);
        engine.engine().runDueTasks();
        assertEquals(1, runs.get());
    }

    @Test
    void aPeriodIsPositiveAndMayBeVeryLong() {
        assertThrows(IllegalArgumentException.class, () -> context.every(Duration.ZERO, runs::incrementAndGet));
        assertThrows(IllegalArgumentException.class, () -> context.every(Duration.ofMillis(-1), runs::incrementAndGet));
        assertNotNull(context.every(Duration.ofSeconds(Long.MAX_VALUE), runs::incrementAndGet));
        pass(1_000_000_000);
        assertEquals(0, runs.get());
    }

    @Test
    void whatIsClosedRunsNoMore() {
        Registration task = context.every(Duration.ofMillis(100), runs::incrementAndGet);
        pass(100);
        task.close();
        task.close();
        pass(1000);
        assertEquals(1, runs.get());
    }

    @Test
    void aTaskMayEndItself() {
        AtomicReference<Registration> own = new AtomicReference<>();
        own.set(context.every(Duration.ofMillis(100), () -> {
            runs.incrementAndGet();
            own.get().close();
        }));
        pass(100);
        pass(100);
        assertEquals(1, runs.get());
    }

    @Test
    void aTaskThatThrowsIsCountedAndRunsAgain() {
        context.every(Duration.ofMillis(100), () -> {
            runs.incrementAndGet();
            throw new OutOfMemoryError("of the task");
        });
        try (LogCapture log = new LogCapture()) {
            for (int i = 0; i < 5; i++) {
                pass(100);
            }
            assertEquals(5, runs.get());
            assertEquals(5, services().failedTasks());
            assertEquals(3, log.errors().size(), "the first time, the second and the fourth");
        }
    }

    @Test
    void aTaskRunsOnAThreadOfThePlugins() {
        AtomicReference<String> thread = new AtomicReference<>();
        context.every(
                Duration.ofMillis(1), () -> thread.set(Thread.currentThread().getName()));
        pass(1);
        assertTrue(thread.get().startsWith("plugin-clock-"), thread.get());
    }

    @Test
    void aTaskNeverRunsTwiceAtATime() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        context.every(Duration.ofMillis(100), () -> {
            runs.incrementAndGet();
            begun.countDown();
            awaitSafely(mayEnd);
        });
        engine.ticker.advanceMillis(100);
        engine.engine().schedule().runDue();
        assertTrue(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        engine.ticker.advanceMillis(1000);
        engine.engine().schedule().runDue();
        assertFalse(engine.engine().schedule().awaitEnded(0));
        assertEquals(1, runs.get());
        mayEnd.countDown();
        assertTrue(engine.engine().schedule().awaitEnded(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS)));
        pass(0);
        assertEquals(2, runs.get(), "as soon as the first has ended");
    }

    private static void awaitSafely(CountDownLatch latch) {
        try {
            latch.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aTaskForWhichThereIsNoRoomIsCountedAndRunsLater() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Semaphore ended = new Semaphore(0);
        int filled = fill(mayEnd, ended);
        context.every(Duration.ofMillis(100), runs::incrementAndGet);
        try (LogCapture log = new LogCapture()) {
            pass(100);
            assertEquals(1, services().failedTasks());
            assertEquals(1, log.errors().size());
        }
        mayEnd.countDown();
        assertTrue(ended.tryAcquire(filled, LIMIT_SECONDS, TimeUnit.SECONDS));
        pass(100);
        assertEquals(1, runs.get());
    }

    /** Fills the executor's threads and queue. Returns with how many tasks. */
    private int fill(CountDownLatch mayEnd, Semaphore ended) {
        for (int filled = 0; ; filled++) {
            try {
                context.executor().execute(() -> {
                    awaitSafely(mayEnd);
                    ended.release();
                });
            } catch (RejectedExecutionException full) {
                return filled;
            }
        }
    }

    @Test
    void tasksEndWithThePlugin() throws Exception {
        context.every(Duration.ofMillis(100), runs::incrementAndGet);
        engine.engine().plugins().unload("clock");
        pass(1000);
        assertEquals(0, runs.get());
        assertThrows(IllegalStateException.class, () -> context.every(Duration.ofMillis(1), runs::incrementAndGet));
    }

    @Test
    void withoutAHandOnTheClockAThreadRunsThem() throws Exception {
        try (Engine real = new Engine(new Settings(), Ticker.system(), new FakeHost())) {
            real.start(Path.of("no-plugins"));
            CountDownLatch twice = new CountDownLatch(2);
            real.install("clock", new Plugin() {
                @Override
                public void start(PluginContext given) {
                    given.every(Duration.ofMillis(1), twice::countDown);
                }
            });
            assertTrue(twice.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        }
    }
}
