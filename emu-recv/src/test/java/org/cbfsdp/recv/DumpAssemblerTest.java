package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.cbfsdp.payload.VisibilityDump;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpAssemblerTest {
    private static final int PAYLOAD_BYTES = 2 * 3 * 34;
    private static final long UNBOUNDED = Long.MAX_VALUE;
    private static final long MAX_JUMP = 1L << 40;

    private final List<VisibilityDump> delivered = new ArrayList<>();
    private final List<FakePayload> payloads = new ArrayList<>();
    private StreamAccount[] accounts;

    @Test
    void shouldDeliverADumpAsSoonAsEveryStreamHasCome() {
        DumpAssembler assembler = assembler(2, 8, UNBOUNDED);

        add(assembler, 0, 100);
        assertThat(delivered).isEmpty();
        add(assembler, 1, 100);

        assertThat(delivered).hasSize(1);
        assertThat(delivered.get(0).isComplete()).isTrue();
        assertThat(accounts[0].get(StreamCounter.HEAPS)).isEqualTo(1);
        assertThat(accounts[0].get(StreamCounter.BYTES)).isEqualTo(PAYLOAD_BYTES);
    }

    @Test
    void shouldHoldALaterCompleteDumpBackUntilTheEarlierIsDelivered() {
        DumpAssembler assembler = assembler(2, 8, UNBOUNDED);
        add(assembler, 0, 100);
        add(assembler, 0, 200);
        add(assembler, 1, 200);
        assertThat(delivered).isEmpty();

        add(assembler, 1, 100);

        assertThat(times()).containsExactly(100L, 200L);
        assertThat(delivered).allMatch(VisibilityDump::isComplete);
    }

    @Test
    void shouldTreatTimestampsAsUnsigned() {
        DumpAssembler assembler = assembler(1, 8, UNBOUNDED);
        long beforeSignBit = Long.MAX_VALUE;
        long afterSignBit = Long.MIN_VALUE;
        add(assembler, 0, beforeSignBit);
        add(assembler, 0, afterSignBit);
        assertThat(times()).containsExactly(beforeSignBit, afterSignBit);
        assertThat(accounts[0].get(StreamCounter.LATE_HEAPS)).isZero();
    }

    @Test
    void shouldMakeRoomByDeliveringTheOldestAndCountWhatItLacks() {
        DumpAssembler assembler = assembler(2, 2, UNBOUNDED);
        add(assembler, 0, 100);
        add(assembler, 0, 200);
        add(assembler, 0, 300);

        assertThat(times()).containsExactly(100L);
        assertThat(delivered.get(0).payloadCount()).isEqualTo(1);
        assertThat(accounts[1].get(StreamCounter.MISSING_HEAPS)).isEqualTo(1);
        assertThat(accounts[1].firstMissingTicks()).containsExactly(100L);
        assertThat(accounts[0].get(StreamCounter.MISSING_HEAPS)).isZero();
    }

    @Test
    void shouldMakeRoomWhenTheBytesExceedTheBoundButKeepOneDump() {
        DumpAssembler assembler = assembler(2, 100, 2L * PAYLOAD_BYTES);
        add(assembler, 0, 100);
        add(assembler, 0, 200);
        assertThat(delivered).isEmpty();
        add(assembler, 0, 300);
        assertThat(times()).containsExactly(100L);

        DumpAssembler tiny = assembler(2, 100, 1);
        add(tiny, 0, 400);
        assertThat(times()).containsExactly(100L);
    }

    @Test
    void shouldCountALateHeapAndADuplicateApart() {
        DumpAssembler assembler = assembler(2, 1, UNBOUNDED);
        add(assembler, 0, 100);
        add(assembler, 0, 100);
        assertThat(accounts[0].get(StreamCounter.DUPLICATE_HEAPS)).as("while open").isEqualTo(1);
        add(assembler, 0, 200);
        assertThat(times()).containsExactly(100L);

        add(assembler, 0, 100);
        add(assembler, 1, 100);
        add(assembler, 1, 50);

        assertThat(accounts[0].get(StreamCounter.DUPLICATE_HEAPS)).isEqualTo(2);
        assertThat(accounts[1].get(StreamCounter.LATE_HEAPS)).isEqualTo(2);
        assertThat(accounts[1].get(StreamCounter.DUPLICATE_HEAPS)).isZero();
    }

    @Test
    void shouldNotLetOneWrongTimeMakeAllOthersLate() {
        DumpAssembler assembler = assembler(1, 8, UNBOUNDED);
        add(assembler, 0, 100);
        add(assembler, 0, 100 + MAX_JUMP + 1);
        for (int i = 1; i <= 50; i++) {
            add(assembler, 0, 100 + i);
        }
        assertThat(accounts[0].get(StreamCounter.BAD_TIMESTAMP_HEAPS)).isEqualTo(1);
        assertThat(accounts[0].get(StreamCounter.LATE_HEAPS)).isZero();
        assertThat(delivered).hasSize(51);
    }

    @Test
    void shouldFollowANewScanHoweverFarAheadItIs() {
        DumpAssembler assembler = assembler(1, 8, UNBOUNDED);
        assembler.add(0, remember(new FakePayload(100, 1)));
        assembler.add(0, remember(new FakePayload(100 + 5 * MAX_JUMP, 2)));
        assertThat(times()).as("until a second heap says so").containsExactly(100L);
        assembler.add(0, remember(new FakePayload(101 + 5 * MAX_JUMP, 2)));
        assertThat(times()).containsExactly(100L, 100 + 5 * MAX_JUMP, 101 + 5 * MAX_JUMP);
    }

    @Test
    void shouldRefuseAPayloadOfAnotherScanThanItsDump() {
        DumpAssembler assembler = assembler(2, 4, UNBOUNDED);
        assembler.add(0, remember(new FakePayload(100, 7)));
        assembler.add(1, remember(new FakePayload(100, 8)));
        assembler.flush();
        assertThat(accounts[1].get(StreamCounter.BAD_SCAN_HEAPS)).isEqualTo(1);
        assertThat(accounts[1].get(StreamCounter.MISSING_HEAPS)).isEqualTo(1);
        assertThat(delivered.get(0).scanId()).isEqualTo(7);
    }

    @Test
    void shouldNotWaitForAStreamThatHasEnded() {
        DumpAssembler assembler = assembler(3, 8, UNBOUNDED);
        add(assembler, 0, 100);
        add(assembler, 1, 100);
        assembler.streamEnded(2);
        assertThat(times()).containsExactly(100L);
        assertThat(accounts[2].get(StreamCounter.MISSING_HEAPS)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldAccountForEveryHeapWhateverIsLostDoubledOrOutOfOrder(long seed) {
        Random random = new Random(seed);
        int streams = 1 + random.nextInt(5);
        int dumps = 200;
        int window = 3 + random.nextInt(6);
        DumpAssembler assembler = assembler(streams, window, UNBOUNDED);
        long duplicatesSent = 0;
        Map<Integer, Set<Long>> sent = new HashMap<>();
        for (int dump = 0; dump < dumps; dump++) {
            for (int stream = 0; stream < streams; stream++) {
                if (random.nextInt(10) == 0) {
                    continue;
                }
                long ticks = 1000L + Math.max(0, dump - random.nextInt(window));
                if (sent.computeIfAbsent(stream, s -> new HashSet<>()).add(ticks)) {
                    add(assembler, stream, ticks);
                } else {
                    duplicatesSent++;
                    add(assembler, stream, ticks);
                }
            }
        }
        assembler.flush();

        String hint = "seed " + seed;
        assertThat(times()).as(hint).isSorted().doesNotHaveDuplicates();
        long heaps = Stream.of(accounts).mapToLong(a -> a.get(StreamCounter.HEAPS)).sum();
        long late = Stream.of(accounts).mapToLong(a -> a.get(StreamCounter.LATE_HEAPS)).sum();
        long duplicate =
                Stream.of(accounts).mapToLong(a -> a.get(StreamCounter.DUPLICATE_HEAPS)).sum();
        long missing =
                Stream.of(accounts).mapToLong(a -> a.get(StreamCounter.MISSING_HEAPS)).sum();
        assertThat(heaps + late + duplicate).as(hint).isEqualTo(payloads.size());
        assertThat(heaps + missing).as(hint).isEqualTo((long) delivered.size() * streams);
        assertThat(duplicate).as(hint).isLessThanOrEqualTo(duplicatesSent);
        delivered.forEach(VisibilityDump::release);
        assertThat(payloads).as(hint).allMatch(payload -> payload.references() == 0);
    }

    private DumpAssembler assembler(int streams, int windowDumps, long windowBytes) {
        accounts = new StreamAccount[streams];
        for (int i = 0; i < streams; i++) {
            accounts[i] = new StreamAccount();
        }
        return new DumpAssembler(
                accounts,
                DumpGrid.of(Optional.empty(), 0),
                new DumpAssembler.Limits(windowDumps, windowBytes, MAX_JUMP, false),
                delivered::add);
    }

    private void add(DumpAssembler assembler, int stream, long ticks) {
        assembler.add(stream, remember(new FakePayload(ticks)));
    }

    private FakePayload remember(FakePayload payload) {
        payloads.add(payload);
        return payload;
    }

    private List<Long> times() {
        return delivered.stream().map(VisibilityDump::timestampTicks).toList();
    }
}
