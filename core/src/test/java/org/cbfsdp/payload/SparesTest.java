package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SparesTest {
    @Test
    void shouldUseAnObjectAgainOnlyWhenEnoughOthersWait() {
        Spares<Integer> spares = new Spares<>();
        for (int i = 0; i < Spares.QUARANTINE; i++) {
            spares.give(i);
            assertThat(spares.take()).isNull();
        }
        spares.give(1000);
        assertThat(spares.take()).isZero();
        assertThat(spares.take()).isNull();
        spares.give(1001);
        assertThat(spares.take()).isEqualTo(1);
    }

    @Test
    void shouldKeepNoMoreThanItsCapacity() {
        Spares<Integer> spares = new Spares<>();
        for (int i = 0; i < 10_000; i++) {
            spares.give(i);
        }
        int taken = 0;
        for (Integer spare = spares.take(); spare != null; spare = spares.take()) {
            assertThat(spare).isEqualTo(taken++);
        }
        assertThat(taken).isEqualTo(4096 - Spares.QUARANTINE);
    }

    @Test
    void shouldRefuseADumpThatWasReleasedUntilManyOthersWere() {
        VisibilityDumpPool pool = new VisibilityDumpPool(1);
        VisibilityDump stale = pool.dump(7L << 32, 1, new VisibilityPayload[] {MemoryPayload.small()});
        stale.release();
        for (int i = 0; i < Spares.QUARANTINE; i++) {
            VisibilityDump other = pool.dump(i, 1, new VisibilityPayload[] {MemoryPayload.small()});
            assertThat(other).isNotSameAs(stale);
            assertThatThrownBy(stale::timestampTicks).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(stale::payloadBytes).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(stale::release).isInstanceOf(IllegalStateException.class);
            other.release();
        }
        VisibilityDump again = pool.dump(8L << 32, 2, new VisibilityPayload[] {null});
        assertThat(again).isSameAs(stale);
        assertThat(again.timestampTicks()).isEqualTo(8L << 32);
        assertThat(again.scanId()).isEqualTo(2);
        assertThat(again.isComplete()).isFalse();
        assertThat(again.payloadBytes()).isZero();
    }
}
