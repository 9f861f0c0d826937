package io.miniredis.eviction.lru;

import io.miniredis.testkit.PolicyCheck;
import org.junit.jupiter.api.Test;

final class LruPolicyTest {
    @Test
    void isReliable() {
        PolicyCheck.of(new LruPolicy()).verify();
    }
}
