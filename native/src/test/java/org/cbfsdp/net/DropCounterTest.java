package org.cbfsdp.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DropCounterTest {
    @Test
    void shouldGoOnWhereTheKernelsCountWraps() {
        DropCounter counter = new DropCounter();
        counter.observe(Integer.MAX_VALUE);
        counter.observe((int) 0xFFFF_FFF0L);
        assertThat(counter.total()).isEqualTo(0xFFFF_FFF0L);
        counter.observe(5);
        assertThat(counter.total()).isEqualTo(0x1_0000_0005L);
    }

    @Test
    void shouldNotCountAnOlderReadingAgain() {
        DropCounter counter = new DropCounter();
        counter.observe(10);
        counter.observe(7);
        counter.observe(10);
        assertThat(counter.total()).isEqualTo(10);
    }
}
