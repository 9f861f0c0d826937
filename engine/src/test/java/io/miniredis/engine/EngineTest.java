package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.miniredis.api.Api;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EngineTest {
    @Test
    void runsOnTheModulePath() {
        assertEquals("io.miniredis.engine", Engine.class.getModule().getName());
        assertEquals("io.miniredis.api", Api.class.getModule().getName());
        assertEquals("0.1.0", Api.version());
    }

    @Test
    void seamsCanBeWatched() {
        Runnable seam = mock(Runnable.class);
        List.of(seam).forEach(Runnable::run);
        verify(seam).run();
    }
}
