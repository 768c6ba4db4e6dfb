package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemorySharesTest {
    private static final long MEBI = 1 << 20;

    @Test
    void shouldLetTheRingsOfAllStreamsHaveAnEighth() {
        MemoryShares shares = new MemoryShares(512 * MEBI, 128 * MEBI, 128 * MEBI);
        assertThat(shares.ringBytes(1)).isEqualTo(16 * MEBI);
        assertThat(shares.ringBytes(4)).isEqualTo(16 * MEBI);
        assertThat(shares.ringBytes(5)).isEqualTo(64 * MEBI / 5);
        assertThat(shares.ringBytes(1024)).isEqualTo(64 << 10);
    }
}
