package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleLimitTest {
    private long nowNanos = Long.MAX_VALUE - 150; // the clock may wrap

    private final IdleLimit limit = new IdleLimit(100, () -> nowNanos);

    @Test
    void shouldEndAfterTheTimeWithoutAHeap() {
        assertThat(at(100, 100, false)).isFalse();
        assertThat(at(1, 101, false)).isTrue();
    }

    @Test
    void shouldNotCountTheTimeInWhichAConsumerWasBusy() {
        assertThat(at(1000, 1000, true)).isFalse();
        assertThat(at(100, 1100, false)).isFalse();
        assertThat(at(1, 1101, false)).isTrue();
    }

    @Test
    void shouldBeginAnewWithEachHeap() {
        assertThat(at(500, 10, false)).isFalse();
        assertThat(at(500, 0, false)).isFalse();
    }

    @Test
    void shouldNeverEndWithoutALimit() {
        IdleLimit none = new IdleLimit(0, () -> nowNanos);
        nowNanos += 1000;
        assertThat(none.isReached(1000, false)).isFalse();
    }

    private boolean at(long laterNanos, long silentNanos, boolean consumersBusy) {
        nowNanos += laterNanos;
        return limit.isReached(silentNanos, consumersBusy);
    }
}
