package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.recv.ReceivedHeaps.Items;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spead.agent.Agent;
import org.spead.item.Flavour;
import org.spead.send.HeapBuilder;
import org.spead.send.SendHeap;

/** Two streams of two channels; three baselines. */
class HeapRouterTest {
    private static final long FIRST = Models.ticks(0);
    private static final long SECOND = Models.ticks(1);
    private static final long THIRD = Models.ticks(2);

    private final List<ReceivedHeaps> streams = List.of(new ReceivedHeaps(), new ReceivedHeaps());
    private final StreamAccount[] accounts = {new StreamAccount(), new StreamAccount()};
    private final List<Long> delivered = new ArrayList<>();
    private final List<Long> idleWhileDelivering = new ArrayList<>();
    private int ends;
    private final List<Integer> endedStreams = new ArrayList<>();
    private final HeapRouter router = new HeapRouter(
            streams.stream().map(ReceivedHeaps::ring).toList(),
            new PayloadRules(
                    Optional.of(StreamPlan.ofWidth(new ChannelRange(0, 4), 2)),
                    OptionalInt.of(4),
                    OptionalInt.of(3),
                    PolarisationRule.any(),
                    0),
            accounts,
            new ChannelClaims(2),
            new DumpAssembler(
                    accounts,
                    DumpGrid.of(Optional.empty(), 0),
                    new DumpAssembler.Limits(1, Long.MAX_VALUE, Long.MAX_VALUE, false),
                    this::deliver),
            endedStreams::add,
            () -> ends++);

    @Test
    void shouldPassPayloadsOfAllStreamsToTheAssemblyAndEndWithThem() {
        assertThat(router.doWork()).isZero();
        send(0, good(0, FIRST));
        send(1, good(1, FIRST));
        send(0, good(0, SECOND));
        streams.get(0).sendEnd();
        assertThat(settle()).isZero();
        assertThat(delivered).containsExactly(FIRST);

        streams.get(1).sendEnd();
        assertThat(settle()).isEqualTo(Agent.DONE);
        assertThat(delivered).containsExactly(FIRST, SECOND);
        assertThat(ends).isZero();
        router.onClose();
        assertThat(ends).isEqualTo(1);
        assertThat(accounts[0].get(StreamCounter.HEAPS)).isEqualTo(2);
        assertThat(accounts[1].get(StreamCounter.MISSING_HEAPS)).isEqualTo(1);
    }

    @Test
    void shouldNotLetAStreamRunAheadOfAnotherWhoseHeapsAreThere() {
        for (int second = 0; second < 20; second++) {
            send(0, good(0, Models.ticks(second)));
        }
        for (int second = 0; second < 20; second++) {
            send(1, good(1, Models.ticks(second)));
        }
        settle();
        assertThat(delivered).hasSize(20);
        assertThat(accounts[0].get(StreamCounter.MISSING_HEAPS) + accounts[1].get(StreamCounter.MISSING_HEAPS))
                .isZero();
        assertThat(accounts[1].get(StreamCounter.LATE_HEAPS)).isZero();
    }

    @Test
    void shouldDeliverOpenDumpsAlsoWhenStopped() {
        send(0, good(0, FIRST));
        router.doWork();
        router.onClose();
        assertThat(delivered).containsExactly(FIRST);
        assertThat(ends).isEqualTo(1);
    }

    @Test
    void shouldNotBeIdleBeforeTheFirstHeapNorWhileSomebodyTakesADump() {
        assertThat(router.idleNanos()).isZero();
        for (long ticks : new long[] {FIRST, SECOND}) {
            send(0, good(0, ticks));
            send(1, good(1, ticks));
            settle();
            assertThat(router.idleNanos()).isPositive();
        }
        assertThat(idleWhileDelivering).containsExactly(0L, 0L);
        assertThat(router.activeNanos()).isPositive();
    }

    @Test
    void shouldTakeAHeapWithoutDataForNoFault() {
        assertThat(moved(
                        0, new HeapBuilder(Flavour.SPEAD_64_48).addStreamStart().build()))
                .isEmpty();
        HeapBuilder constants = new HeapBuilder(Flavour.SPEAD_64_48);
        constants.addCopy(0x6008, ByteBuffer.allocate(8));
        constants.addCopy(0x6015, ByteBuffer.allocate(8));
        assertThat(moved(0, constants.build())).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badHeaps")
    void shouldMoveExactlyOneCounterForABadHeap(String counter, SendHeap heap) {
        // Both streams have had the first dump; of the second, stream 1 has not.
        send(0, good(0, FIRST));
        send(1, good(1, FIRST));
        send(0, good(0, SECOND));
        send(0, good(0, THIRD));
        settle();
        assertThat(delivered).containsExactly(FIRST, SECOND);

        assertThat(moved(1, heap)).isEqualTo(Map.of(counter, 1L));
        assertThat(delivered).containsExactly(FIRST, SECOND);
    }

    static Stream<Object[]> badHeaps() {
        return Stream.of(
                new Object[] {"BAD_CHANNEL_HEAPS", good(0, THIRD)},
                new Object[] {"BAD_CHANNEL_HEAPS", stream1(THIRD).channels(2, 1).heap()},
                new Object[] {"BAD_CHANNEL_HEAPS", stream1(THIRD).channels(2, 3).heap()},
                new Object[] {"BAD_BASELINE_HEAPS", stream1(THIRD).baselines(6).heap()},
                new Object[] {
                    "BAD_POLARISATION_HEAPS", stream1(THIRD).polarisations(3).heap()
                },
                new Object[] {"BAD_SCAN_HEAPS", stream1(THIRD).scan(2).heap()},
                new Object[] {"METADATA NO_CORRELATOR_OUTPUT", katgpucbf()},
                new Object[] {"METADATA SIZE", stream1(THIRD).surplusBytes(1).heap()},
                new Object[] {
                    "METADATA VALUE",
                    stream1(THIRD).channels(2, 0).surplusBytes(204).heap()
                },
                new Object[] {
                    "METADATA VALUE",
                    stream1(THIRD).baselines(0).surplusBytes(204).heap()
                },
                new Object[] {"DUPLICATE_HEAPS", good(1, FIRST)},
                new Object[] {"LATE_HEAPS", good(1, SECOND)},
                new Object[] {"LATE_HEAPS", good(1, FIRST - 1)});
    }

    @Test
    void shouldNameItemsThatNeverCame() {
        SendHeap bare = bare();
        assertThat(moved(0, bare)).isEqualTo(Map.of("METADATA ITEM_MISSING", 1L));
    }

    private static SendHeap bare() {
        HeapBuilder builder = new HeapBuilder(Flavour.SPEAD_64_48);
        builder.addCopy(0x600A, ByteBuffer.allocate(2 * 3 * 34));
        return builder.build();
    }

    /** Products as MeerKAT's correlator sends them. */
    private static SendHeap katgpucbf() {
        HeapBuilder builder = new HeapBuilder(Flavour.SPEAD_64_48);
        builder.addImmediate(0x1600, 1000);
        builder.addImmediate(0x4103, 2);
        builder.addCopy(0x1800, ByteBuffer.allocate(2 * 3 * 32));
        return builder.build();
    }

    private static Items stream1(long ticks) {
        return ReceivedHeaps.items(ticks).channels(2, 2);
    }

    private static SendHeap good(int stream, long ticks) {
        return ReceivedHeaps.items(ticks).channels(2 * stream, 2).heap();
    }

    private void send(int stream, SendHeap heap) {
        streams.get(stream).send(heap);
    }

    /** Duty cycles until there is nothing to do; what the last one returned. */
    private int settle() {
        int work = 1;
        while (work > 0) {
            work = router.doWork();
        }
        return work;
    }

    private void deliver(VisibilityDump dump) {
        delivered.add(dump.timestampTicks());
        idleWhileDelivering.add(router.idleNanos());
        dump.release();
    }

    /** Which counters of a stream a heap moves, and by how much; those of the other stream must stay. */
    private Map<String, Long> moved(int stream, SendHeap heap) {
        List<Map<String, Long>> before =
                Stream.of(accounts).map(HeapRouterTest::counters).toList();
        send(stream, heap);
        router.doWork();
        assertThat(counters(accounts[1 - stream])).isEqualTo(before.get(1 - stream));
        Map<String, Long> moved = counters(accounts[stream]);
        before.get(stream).forEach((name, value) -> moved.merge(name, -value, Long::sum));
        moved.values().removeIf(change -> change == 0);
        return moved;
    }

    /** Faults of metadata count under their reason; that the refusal itself counts as often is asserted here. */
    private static Map<String, Long> counters(StreamAccount account) {
        Map<String, Long> counters = new TreeMap<>();
        for (StreamCounter counter : StreamCounter.values()) {
            if (counter != StreamCounter.LOST_HEAPS) {
                counters.put(counter.name(), account.get(counter));
            }
        }
        long metadata = counters.remove("METADATA_HEAPS");
        long faults = 0;
        for (PayloadFault fault : PayloadFault.values()) {
            counters.put("METADATA " + fault, account.faults(fault));
            faults += account.faults(fault);
        }
        assertThat(faults).isEqualTo(metadata);
        return counters;
    }
}
