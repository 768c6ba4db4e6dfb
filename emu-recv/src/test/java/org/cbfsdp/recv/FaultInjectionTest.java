package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityDump;
import org.junit.jupiter.api.Test;
import org.spead.agent.Agent;
import org.spead.recv.BufferPool;
import org.spead.recv.HeapRing;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;

/**
 * Heaps made by hand, damaged by a seeded generator that keeps a log: whatever is lost, late, doubled, out of order or wrong,
 * every counter of every stream equals the log.
 */
class FaultInjectionTest {
    private static final int SEEDS = 300;
    private static final int DUMPS = 120;

    @Test
    void shouldCountExactlyWhatWasDoneToTheHeaps() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            new Run(seed).check();
        }
    }

    private enum Fault {
        NONE,
        DROP,
        DROP_IN_ALL_STREAMS,
        LOSE_A_PACKET,
        REORDER,
        LATE,
        DUPLICATE,
        BAD_TIME,
        BAD_CHANNEL,
        BAD_BASELINES,
        BAD_SCAN,
        BAD_SCAN_AND_TIME,
        BAD_SIZE,
        BAD_HEAP_COUNT
    }

    /** One reception. */
    private static final class Run {
        private final String hint;
        private final Random random;
        private final int streams;
        private final int window;
        private final int cutStream;
        private final int cutAfter;
        private final int newScanAt;
        private final TelescopeModel model;
        private final List<PacketList> sources = new ArrayList<>();
        private final List<ReceiveStream> receivers = new ArrayList<>();
        private final List<HeapRing> rings = new ArrayList<>();
        private final StreamAccount[] accounts;
        private final List<Map<StreamCounter, Long>> log = new ArrayList<>();
        private final TreeMap<Integer, List<Runnable>> later = new TreeMap<>();
        private final List<Long> delivered = new ArrayList<>();
        private final DumpLedger ledger;
        private final HeapRouter router;

        Run(long seed) {
            // The first draws of neighbouring small seeds are alike; those of their hashes are not.
            random = new Random(new SplittableRandom(seed).nextLong());
            hint = "seed " + seed;
            // A stream that is alone has its dumps handed on at once, so that a heap out of order is late.
            streams = 2 + random.nextInt(3);
            window = 2 + random.nextInt(5);
            cutStream = random.nextInt(3) == 0 ? random.nextInt(streams) : -1;
            cutAfter = DUMPS - 2 - random.nextInt(10);
            newScanAt = 20 + random.nextInt(DUMPS - 100);
            model = Models.of(2 * streams, DUMPS);
            accounts = new StreamAccount[streams];
            BufferPool pool = new BufferPool(1 << 22);
            for (int i = 0; i < streams; i++) {
                accounts[i] = new StreamAccount();
                log.add(new EnumMap<>(StreamCounter.class));
                sources.add(new PacketList());
                rings.add(new HeapRing(1000, OverflowPolicy.PAUSE));
                receivers.add(new ReceiveStream(
                        ReceiveConfig.builder()
                                .maxHeaps(4)
                                .receiveTimeoutNanos(0)
                                .stopOnStopItem(false)
                                .build(),
                        List.of(sources.get(i)),
                        new DrainingSink(rings.get(i)),
                        pool));
            }
            DumpGrid grid = DumpGrid.of(Optional.of(model), 0.01);
            ledger = new DumpLedger(grid, accounts, List.of());
            DumpAssembler assembler = new DumpAssembler(
                    accounts,
                    grid,
                    new DumpAssembler.Limits(window, Long.MAX_VALUE, Long.MAX_VALUE, false),
                    this::deliver);
            router = new HeapRouter(
                    rings,
                    new PayloadRules(
                            Optional.of(StreamPlan.ofWidth(new ChannelRange(0, 2 * streams), 2)),
                            OptionalInt.of(2 * streams),
                            OptionalInt.of(3),
                            PolarisationRule.any(),
                            0),
                    accounts,
                    new ChannelClaims(streams),
                    assembler,
                    stream -> {},
                    () -> {});
        }

        void check() {
            for (int dump = 0; dump < DUMPS; dump++) {
                sendDump(dump);
                settle();
                for (Runnable held : later.getOrDefault(dump, List.of())) {
                    held.run();
                }
                settle();
            }
            for (int stream = 0; stream < streams; stream++) {
                if (stream != cutStream) {
                    sources.get(stream).add(WireHeap.stop(cnt(DUMPS)));
                }
                sources.get(stream).end();
            }
            settle();
            router.onClose();
            ledger.accountTruncatedTails();
            assertThat(delivered).as(hint).isSorted().doesNotHaveDuplicates();
            for (int stream = 0; stream < streams; stream++) {
                assertThat(counted(stream)).as("%s, stream %d", hint, stream).isEqualTo(expected(stream));
            }
        }

        private void sendDump(int dump) {
            // At both ends all is well, so that what is held back still comes and what lacks is known to lack.
            boolean calm = dump < 2 || dump > DUMPS - 60 || dump == newScanAt || dump == newScanAt + 1;
            Fault[] faults = Fault.values();
            Fault fault = calm || random.nextInt(3) > 0 ? Fault.NONE : faults[random.nextInt(faults.length)];
            int victim = random.nextInt(streams);
            for (int stream = 0; stream < streams; stream++) {
                if (fault == Fault.DROP_IN_ALL_STREAMS) {
                    log(stream, StreamCounter.LOST_HEAPS, StreamCounter.MISSING_HEAPS);
                } else if (stream == cutStream && dump > cutAfter) {
                    log(stream, StreamCounter.MISSING_HEAPS);
                } else {
                    send(stream, dump, stream == victim ? fault : Fault.NONE);
                }
            }
        }

        private void send(int stream, int dump, Fault fault) {
            WireHeap heap = new WireHeap(cnt(dump), Models.ticks(dump), 2 * stream);
            heap.scanId = scanOf(heap.ticks);
            switch (fault) {
                case NONE, DROP_IN_ALL_STREAMS -> transmit(stream, heap);
                case DROP -> log(stream, StreamCounter.LOST_HEAPS, StreamCounter.MISSING_HEAPS);
                case LOSE_A_PACKET -> {
                    log(stream, StreamCounter.LOST_HEAPS, StreamCounter.MISSING_HEAPS, StreamCounter.INCOMPLETE_HEAPS);
                    sources.get(stream).add(heap.packets().get(0));
                }
                case REORDER -> hold(dump + 1 + random.nextInt(window - 1), stream, heap);
                case LATE -> {
                    log(stream, StreamCounter.LATE_HEAPS, StreamCounter.MISSING_HEAPS);
                    hold(dump + 3 * window + 15, stream, heap);
                }
                case DUPLICATE -> {
                    log(stream, StreamCounter.DUPLICATE_HEAPS);
                    transmit(stream, heap);
                    hold(dump + random.nextInt(40), stream, heap);
                }
                case BAD_HEAP_COUNT -> {
                    heap.cnt ^= 1L << (33 + dump % 14);
                    transmit(stream, heap);
                }
                default -> {
                    log(stream, damage(heap, fault), StreamCounter.MISSING_HEAPS);
                    transmit(stream, heap);
                }
            }
        }

        private StreamCounter damage(WireHeap heap, Fault fault) {
            return switch (fault) {
                case BAD_TIME -> {
                    heap.ticks += (1L << 27) + random.nextInt(1 << 30);
                    yield StreamCounter.BAD_TIMESTAMP_HEAPS;
                }
                case BAD_CHANNEL -> {
                    heap.firstChannel += 1 + random.nextInt(9);
                    yield StreamCounter.BAD_CHANNEL_HEAPS;
                }
                case BAD_BASELINES -> {
                    heap.baselines = random.nextBoolean() ? 2 : 6;
                    yield StreamCounter.BAD_BASELINE_HEAPS;
                }
                case BAD_SCAN -> {
                    heap.scanId = 3L + random.nextInt(1000);
                    yield StreamCounter.BAD_SCAN_HEAPS;
                }
                case BAD_SCAN_AND_TIME -> {
                    heap.scanId = 3L + random.nextInt(1000);
                    heap.ticks += (100_000L + random.nextInt(1_000_000)) << 32;
                    yield StreamCounter.BAD_SCAN_HEAPS;
                }
                case BAD_SIZE -> {
                    // Odd, so that it cannot be taken for more polarisations.
                    heap.surplusBytes = 1 + 2 * random.nextInt(50);
                    yield StreamCounter.METADATA_HEAPS;
                }
                default -> throw new IllegalArgumentException(fault.name());
            };
        }

        private void transmit(int stream, WireHeap heap) {
            heap.packets().forEach(sources.get(stream)::add);
        }

        private void hold(int untilDump, int stream, WireHeap heap) {
            later.computeIfAbsent(untilDump, d -> new ArrayList<>()).add(() -> transmit(stream, heap));
        }

        private void settle() {
            int work = 1;
            while (work > 0) {
                work = 0;
                for (ReceiveStream receiver : receivers) {
                    int done = receiver.doWork();
                    if (done == Agent.DONE) {
                        receiver.onClose();
                    }
                    work += Math.max(0, done);
                }
                work += Math.max(0, router.doWork());
            }
        }

        /** There are two, one after the other. */
        private long scanOf(long ticks) {
            return ticks < Models.ticks(newScanAt) ? 1 : 2;
        }

        private void deliver(VisibilityDump dump) {
            assertThat(dump.scanId()).as(hint).isEqualTo(scanOf(dump.timestampTicks()));
            delivered.add(dump.timestampTicks());
            ledger.accept(dump);
        }

        private void log(int stream, StreamCounter... counters) {
            for (StreamCounter counter : counters) {
                log.get(stream).merge(counter, 1L, Long::sum);
            }
        }

        private Map<StreamCounter, Long> expected(int stream) {
            Map<StreamCounter, Long> expected = new EnumMap<>(log.get(stream));
            long heaps = DUMPS - expected.getOrDefault(StreamCounter.MISSING_HEAPS, 0L);
            expected.put(StreamCounter.HEAPS, heaps);
            expected.put(StreamCounter.VISIBILITIES, heaps * 2 * 3 * 4);
            expected.put(StreamCounter.BYTES, heaps * 2 * 3 * 34);
            return expected;
        }

        private Map<StreamCounter, Long> counted(int stream) {
            StreamReport report = new StreamReport(
                    stream, 0, accounts[stream], receivers.get(stream).stats());
            Map<StreamCounter, Long> counted = new EnumMap<>(StreamCounter.class);
            for (StreamCounter counter : StreamCounter.values()) {
                if (report.get(counter) != 0) {
                    counted.put(counter, report.get(counter));
                }
            }
            return counted;
        }

        private static long cnt(int dump) {
            return 1L + dump;
        }
    }
}
