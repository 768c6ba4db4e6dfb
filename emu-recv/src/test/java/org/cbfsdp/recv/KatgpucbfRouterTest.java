package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.spead.agent.Agent;
import org.spead.item.Flavour;
import org.spead.recv.Heap;
import org.spead.send.HeapBuilder;
import org.spead.send.SendHeap;

/** Two streams of two channels as katgpucbf sends them; two antennas. A dump has a second, and 1000 samples. */
class KatgpucbfRouterTest {
    private static final int PRODUCTS = 3 * 4;
    private static final int HEAP_BYTES = 2 * PRODUCTS * 8;

    private final TelescopeModel model = Models.of(4, 8);
    private final List<ReceivedHeaps> streams = List.of(new ReceivedHeaps(), new ReceivedHeaps());
    private final StreamAccount[] accounts = {new StreamAccount(), new StreamAccount()};
    private final Map<Long, Float> delivered = new TreeMap<>();
    private final HeapRouter router = router(HeapFormat.of(settings(), Optional.of(model), Optional.empty()));

    @Test
    void shouldAssembleDumpsAtTheModelsTimes() {
        for (int dump = 0; dump < 3; dump++) {
            send(0, data(dump * 1000L, 0, HEAP_BYTES, 10 + dump));
            send(1, data(dump * 1000L, 2, HEAP_BYTES, 20 + dump));
        }
        streams.forEach(ReceivedHeaps::sendEnd);
        assertThat(settle()).isEqualTo(Agent.DONE);
        assertThat(delivered)
                .containsExactlyEntriesOf(
                        new TreeMap<>(Map.of(Models.ticks(0), 10f, Models.ticks(1), 11f, Models.ticks(2), 12f)));
        for (int stream = 0; stream < 2; stream++) {
            assertThat(counts(stream))
                    .isEqualTo(Map.of(
                            StreamCounter.HEAPS, 3L,
                            StreamCounter.VISIBILITIES, 3L * 2 * PRODUCTS,
                            StreamCounter.BYTES, 3L * 2 * 3 * 34));
        }
    }

    @Test
    void shouldMoveOneCounterForOneBadHeapAndUseNothingOfIt() {
        send(0, data(0, 0, HEAP_BYTES, 1));
        send(0, data(1001, 0, HEAP_BYTES, 2));
        send(0, data(1000, 1, HEAP_BYTES, 3));
        send(0, data(1000, 2, HEAP_BYTES, 4));
        send(0, data(1000, 0, HEAP_BYTES - PRODUCTS * 8, 5));
        send(0, data(1000, 0, HEAP_BYTES - 8, 6));
        send(0, data(1000, 0, 5 * HEAP_BYTES / 2, 7));
        HeapBuilder withoutProducts = new HeapBuilder(Flavour.SPEAD_64_48);
        withoutProducts.addImmediate(0x1600, 1000);
        send(0, withoutProducts.build());
        streams.forEach(ReceivedHeaps::sendEnd);
        settle();
        assertThat(delivered).isEqualTo(Map.of(Models.ticks(0), 1f));
        assertThat(counts(0))
                .isEqualTo(Map.of(
                        StreamCounter.HEAPS, 1L,
                        StreamCounter.VISIBILITIES, 2L * PRODUCTS,
                        StreamCounter.BYTES, 2L * 3 * 34,
                        // One with too few channels, one with more than the model, and two with channels of another
                        // stream.
                        StreamCounter.BAD_CHANNEL_HEAPS, 4L,
                        StreamCounter.BAD_TIMESTAMP_HEAPS, 1L,
                        StreamCounter.METADATA_HEAPS, 1L));
        assertThat(counts(1)).isEqualTo(Map.of(StreamCounter.MISSING_HEAPS, 1L));
    }

    @Test
    void shouldRefuseHeapsOfTheInterfaceAndSayWhatTheyLack() {
        send(0, ReceivedHeaps.items(Models.ticks(0)).channels(0, 2).heap());
        settle();
        assertThat(delivered).isEmpty();
        assertThat(counts(0)).isEqualTo(Map.of(StreamCounter.METADATA_HEAPS, 1L));
        StreamReport report =
                new StreamReport(0, 41000, accounts[0], streams.get(0).stats());
        assertThat(report.hasLost()).isTrue();
        assertThat(report.remarks())
                .contains("stream 0 (port 41000): 1 heap refused: not a visibility payload (no item 0x1800 in the heap"
                        + " (payload.method = katgpucbf))");
    }

    @Test
    void shouldCountAHeapForWhichThereIsNoMemory() {
        HeapReader none = new HeapReader(KatgpucbfRouterTest::nothing, () -> PayloadFault.NO_MEMORY);
        HeapRouter starved = router(new HeapFormat(() -> none, 1, false));
        send(0, data(0, 0, HEAP_BYTES, 1));
        while (starved.doWork() > 0) {
            // until all is routed
        }
        assertThat(counts(0)).isEqualTo(Map.of(StreamCounter.OVERRUN_HEAPS, 1L));
    }

    @Test
    void shouldHoldNothingAgainstAStreamWithoutAStartHeap() {
        StreamAccount account = new StreamAccount();
        account.startSeen();
        account.heapSeen(17);
        assertThat(account.beganAt()).isZero();
        assertThat(HeapFormat.of(settings(), Optional.of(model), Optional.empty())
                        .hasStartHeaps())
                .isFalse();
    }

    @Test
    void shouldDivideTheMemory() {
        HeapFormat format = HeapFormat.of(settings(), Optional.of(model), Optional.empty());
        assertThat(format.heapBytes()).isEqualTo(settings().reception().memoryBytes() / 4);
        ReceiverSettings icd = new SettingsLoader().loadReceiver();
        assertThat(HeapFormat.of(icd, Optional.empty(), Optional.empty()).heapBytes())
                .isEqualTo(icd.reception().memoryBytes());
    }

    @Test
    void shouldRefuseToGuessTheOrderOfBaselines() {
        assertThatThrownBy(() -> HeapFormat.of(settings(), Optional.empty(), Optional.empty()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("payload.method = katgpucbf needs the order of baselines")
                .hasMessageContaining("reception.datamodel");
    }

    private static ReceiverSettings settings() {
        return new SettingsLoader()
                .option("payload.method=katgpucbf")
                .option("payload.sync_time=1699999999.5")
                .option("payload.adc_sample_rate=1000")
                .option("payload.dump_samples=1000")
                .loadReceiver();
    }

    private HeapRouter router(HeapFormat format) {
        DumpGrid grid = DumpGrid.of(Optional.of(model), 0.01);
        return new HeapRouter(
                streams.stream().map(ReceivedHeaps::ring).toList(),
                format.readers(),
                new PayloadRules(
                        Optional.of(StreamPlan.ofWidth(new ChannelRange(0, 4), 2)),
                        OptionalInt.of(4),
                        OptionalInt.of(3),
                        PolarisationRule.of(model),
                        0),
                accounts,
                new ChannelClaims(2),
                new DumpAssembler(
                        accounts,
                        grid,
                        new DumpAssembler.Limits(4, Long.MAX_VALUE, Long.MAX_VALUE, false),
                        this::deliver),
                stream -> {},
                () -> {});
    }

    private void deliver(VisibilityDump dump) {
        ByteBuffer first = dump.payload(0).data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        delivered.put(dump.timestampTicks(), first.getFloat(2));
        dump.release();
    }

    private int settle() {
        int work = 1;
        while (work > 0) {
            work = router.doWork();
        }
        return work;
    }

    private void send(int stream, SendHeap heap) {
        streams.get(stream).send(heap);
    }

    /** All products have the same real part. */
    private static SendHeap data(long timestamp, int channel, int bytes, int real) {
        ByteBuffer raw = ByteBuffer.allocate(bytes);
        for (int at = 0; at < bytes; at += 8) {
            raw.putInt(at, real);
        }
        HeapBuilder builder = new HeapBuilder(Flavour.SPEAD_64_48);
        builder.addImmediate(0x1600, timestamp);
        builder.addImmediate(0x4103, channel);
        builder.addCopy(0x1800, raw);
        return builder.build();
    }

    private Map<StreamCounter, Long> counts(int stream) {
        Map<StreamCounter, Long> counts = new EnumMap<>(StreamCounter.class);
        for (StreamCounter counter : StreamCounter.values()) {
            if (accounts[stream].get(counter) > 0) {
                counts.put(counter, accounts[stream].get(counter));
            }
        }
        return counts;
    }

    private static VisibilityPayload nothing(Heap heap) {
        return null;
    }
}
