package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.settings.ReceptionSettings;
import org.cbfsdp.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spead.recv.BufferPool;

class HeapMemoryTest {
    /** 2000 channels of 3 baselines, 34 bytes each: 204000 bytes in the wider of two streams and one of 1000 channels. */
    private static final Optional<TelescopeModel> MODEL = Optional.of(Models.of(3000, 1));

    private static final Optional<StreamPlan> PLAN = Optional.of(StreamPlan.ofWidth(new ChannelRange(0, 3000), 2000));

    private static BufferPool pool(Optional<StreamPlan> plan, Optional<TelescopeModel> model, String... options) {
        SettingsLoader loader = new SettingsLoader();
        loader.option("reception.num_ports=1");
        List.of(options).forEach(loader::option);
        ReceptionSettings reception = loader.loadReceiver().reception();
        return HeapMemory.of(reception, reception.memoryBytes(), plan, model);
    }

    @ParameterizedTest
    @CsvSource({"204100, 16", "102000, 32", "4000000, 1"})
    void shouldHaveAQuarterReadyForHeapsOfAnySize(int heapBytes, int heaps) {
        BufferPool pool = pool(PLAN, MODEL, "reception.memory=16777216");

        assertThat(pool.heldBytes()).isEqualTo(4 << 20);
        for (int i = 0; i < heaps; i++) {
            assertThat(pool.acquire(heapBytes)).isNotNull();
        }
        assertThat(pool.allocations()).isZero();
        assertThat(pool.heldBytes()).isEqualTo(4 << 20);
    }

    @Test
    void shouldNotWasteABufferOfTheWiderStreamOnTheOther() {
        assertThat(pool(PLAN, MODEL, "reception.memory=16777216")
                        .acquire(102_000)
                        .capacity())
                .isLessThan(130_000);
    }

    @Test
    void shouldLendAllOfTheMemoryWhateverTheSize() {
        BufferPool pool = pool(Optional.empty(), Optional.empty(), "reception.memory=67108864");
        List<Object> lent = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            lent.add(pool.acquire(8 << 20));
        }

        assertThat(lent).doesNotContainNull();
        assertThat(pool.heldBytes()).isEqualTo(64 << 20);
    }

    @ParameterizedTest
    @CsvSource({"reception.transport_protocol=tcp", "reception.pcap_file=/dev/null"})
    void shouldMakeNothingBeforehandWhereTheOtherSideWaits(String option) {
        assertThat(pool(PLAN, MODEL, option).heldBytes()).isZero();
    }

    @Test
    void shouldMakeLessForSmallHeaps() {
        assertThat(HeapMemory.reserveBytes(1L << 40, 0)).isEqualTo(1 << 30);
        assertThat(HeapMemory.reserveBytes(1L << 40, 100)).isEqualTo(32_000);
    }

    @Test
    void shouldMakeNothingBeforehandWhenAHeapIsMoreThanAQuarter() {
        assertThat(HeapMemory.reserveBytes(1 << 20, 209_716)).isZero();
        assertThat(HeapMemory.reserveBytes(1 << 20, 209_000)).isEqualTo(1 << 18);
    }
}
