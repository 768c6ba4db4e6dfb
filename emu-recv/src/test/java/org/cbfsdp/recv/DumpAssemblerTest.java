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
        assertThat(accounts[0].get(StreamCounter.DUPLICATE_HEAPS))
                .as("while open")
                .isEqualTo(1);
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

    @Test
    void shouldRefuseOneHeapOfAScanThatNothingConfirms() {
        DumpAssembler assembler = assembler(1, 8, UNBOUNDED);
        add(assembler, 0, 100);
        assembler.add(0, remember(new FakePayload(200, 9)));
        add(assembler, 0, 300);
        assertThat(times()).containsExactly(100L, 300L);
        assertThat(accounts[0].get(StreamCounter.BAD_SCAN_HEAPS)).isEqualTo(1);
        assertThat(payloads.get(1).references()).isZero();
    }

    @Test
    void shouldDeliverTheOnlyDumpOfALastScan() {
        DumpAssembler assembler = assembler(1, 8, UNBOUNDED);
        add(assembler, 0, 100);
        assembler.add(0, remember(new FakePayload(200, 2)));
        assembler.flush();
        assertThat(times()).containsExactly(100L, 200L);
        assertThat(delivered.get(1).scanId()).isEqualTo(2);
    }

    @Test
    void shouldNotLetOneHeapOfAWrongScanAndTimeMakeLaterScansWrong() {
        DumpAssembler assembler = assembler(1, 8, UNBOUNDED);
        add(assembler, 0, 100);
        add(assembler, 0, 100 + 7 * MAX_JUMP, 9);
        add(assembler, 0, 101);
        add(assembler, 0, 200, 2);
        add(assembler, 0, 201, 2);
        add(assembler, 0, 300, 3);
        add(assembler, 0, 301, 3);
        assertThat(times()).containsExactly(100L, 101L, 200L, 201L, 300L, 301L);
        assertThat(accounts[0].get(StreamCounter.BAD_SCAN_HEAPS)).isEqualTo(1);
        assertThat(payloads.get(1).references()).isZero();
    }

    @Test
    void shouldRefuseATimeFarAheadAlsoWhileAScanIsUnconfirmed() {
        DumpAssembler assembler = assembler(1, 8, UNBOUNDED);
        add(assembler, 0, 100);
        add(assembler, 0, 100 + 7 * MAX_JUMP, 9);
        add(assembler, 0, 100 + 3 * MAX_JUMP);
        add(assembler, 0, 101);
        assertThat(times()).containsExactly(100L, 101L);
        assertThat(accounts[0].get(StreamCounter.BAD_TIMESTAMP_HEAPS)).isEqualTo(1);
    }

    @Test
    void shouldGiveAScanUpWhoseOwnStreamGoesOnWithTheOldOne() {
        DumpAssembler assembler = assembler(2, 8, UNBOUNDED);
        add(assembler, 0, 100);
        add(assembler, 0, 1000, 9);
        for (int i = 0; i < 3 * ScanGate.PATIENCE; i++) {
            add(assembler, 1, 100 + i);
        }
        assertThat(accounts[0].get(StreamCounter.BAD_SCAN_HEAPS))
                .as("the other stream may lag behind")
                .isZero();
        for (int i = 1; i <= ScanGate.PATIENCE; i++) {
            add(assembler, 0, 120 + i);
        }
        assertThat(accounts[0].get(StreamCounter.BAD_SCAN_HEAPS)).isEqualTo(1);
        assembler.flush();
        assertThat(times()).isNotEmpty().doesNotContain(1000L);
    }

    @Test
    void shouldTakeTheRightOneOfTwoHeapsOfOneTime() {
        DumpAssembler assembler = assembler(1, 8, UNBOUNDED);
        add(assembler, 0, 100);
        add(assembler, 0, 200, 9);
        add(assembler, 0, 200);
        assertThat(times()).containsExactly(100L, 200L);
        assertThat(delivered.get(1).scanId()).isEqualTo(1);
        assertThat(accounts[0].get(StreamCounter.BAD_SCAN_HEAPS)).isEqualTo(1);
        assertThat(accounts[0].get(StreamCounter.DUPLICATE_HEAPS)).isZero();
    }

    @Test
    void shouldNotBelieveAScanBecauseItsOnlyHeapCameTwice() {
        DumpAssembler assembler = assembler(1, 8, UNBOUNDED);
        add(assembler, 0, 100);
        add(assembler, 0, 200, 9);
        add(assembler, 0, 200, 9);
        add(assembler, 0, 201);
        assertThat(times()).containsExactly(100L, 201L);
        assertThat(accounts[0].get(StreamCounter.DUPLICATE_HEAPS)).isEqualTo(1);
        assertThat(accounts[0].get(StreamCounter.BAD_SCAN_HEAPS)).isEqualTo(1);
    }

    @Test
    void shouldFollowANewScanWhoseFirstHeapHasAWrongTime() {
        DumpAssembler assembler = assembler(1, 8, UNBOUNDED);
        add(assembler, 0, 100);
        add(assembler, 0, 200 + 7 * MAX_JUMP, 2);
        add(assembler, 0, 201, 2);
        add(assembler, 0, 202, 2);
        add(assembler, 0, 300, 3);
        add(assembler, 0, 301, 3);
        assertThat(times()).containsExactly(100L, 201L, 202L, 300L, 301L);
        assertThat(accounts[0].get(StreamCounter.BAD_TIMESTAMP_HEAPS)).isEqualTo(1);
        assertThat(accounts[0].get(StreamCounter.BAD_SCAN_HEAPS)).isZero();
    }

    @Test
    void shouldMakeStreamsWaitForAStalledOneWhenLossless() {
        DumpAssembler assembler = lossless(2, 2);
        add(assembler, 0, 100);
        add(assembler, 0, 200);
        FakePayload third = remember(new FakePayload(300));
        assertThat(assembler.add(0, third)).isFalse();
        assertThat(third.references()).isEqualTo(1);
        add(assembler, 1, 100);
        assertThat(assembler.add(0, third)).isTrue();
        add(assembler, 1, 200);
        add(assembler, 1, 300);
        assertThat(times()).containsExactly(100L, 200L, 300L);
        assertThat(delivered).allMatch(VisibilityDump::isComplete);
    }

    @Test
    void shouldNotWaitForWhatAllStreamsHaveGonePastWhenLossless() {
        DumpAssembler assembler = lossless(2, 1);
        add(assembler, 0, 100);
        FakePayload ahead = remember(new FakePayload(200));
        assertThat(assembler.add(0, ahead)).isFalse();
        add(assembler, 1, 200);
        assertThat(times()).containsExactly(100L);
        assertThat(accounts[1].get(StreamCounter.MISSING_HEAPS)).isEqualTo(1);
        assertThat(assembler.add(0, ahead)).isTrue();
        assertThat(times()).containsExactly(100L, 200L);
    }

    @Test
    void shouldNotWaitForAnEndedStreamWhenLossless() {
        DumpAssembler assembler = lossless(2, 1);
        add(assembler, 0, 100);
        FakePayload ahead = remember(new FakePayload(200));
        assertThat(assembler.add(0, ahead)).isFalse();
        assembler.streamEnded(1);
        assertThat(assembler.add(0, ahead)).isTrue();
        assertThat(times()).containsExactly(100L, 200L);
    }

    @Test
    void shouldPutTimesOfTheSameDumpOfTheModelTogether() {
        DumpAssembler assembler = onModel(2, 10);
        add(assembler, 0, Models.ticks(1));
        add(assembler, 1, Models.ticks(1) + 7);
        assertThat(times()).containsExactly(Models.ticks(1));
        assertThat(delivered.get(0).isComplete()).isTrue();
    }

    @Test
    void shouldRefuseATimeBetweenThoseOfTheModelOnceOneOfItsDumpsHasCome() {
        DumpAssembler assembler = onModel(1, 10);
        add(assembler, 0, Models.ticks(2.5));
        add(assembler, 0, Models.ticks(3));
        add(assembler, 0, Models.ticks(3.5));
        add(assembler, 0, Models.ticks(-1));
        add(assembler, 0, Models.ticks(12.5));
        assertThat(times()).containsExactly(Models.ticks(2.5), Models.ticks(3), Models.ticks(12.5));
        assertThat(accounts[0].get(StreamCounter.BAD_TIMESTAMP_HEAPS)).isEqualTo(1);
        assertThat(accounts[0].get(StreamCounter.LATE_HEAPS)).isEqualTo(1);
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
        long heaps =
                Stream.of(accounts).mapToLong(a -> a.get(StreamCounter.HEAPS)).sum();
        long late = Stream.of(accounts)
                .mapToLong(a -> a.get(StreamCounter.LATE_HEAPS))
                .sum();
        long duplicate = Stream.of(accounts)
                .mapToLong(a -> a.get(StreamCounter.DUPLICATE_HEAPS))
                .sum();
        long missing = Stream.of(accounts)
                .mapToLong(a -> a.get(StreamCounter.MISSING_HEAPS))
                .sum();
        assertThat(heaps + late + duplicate).as(hint).isEqualTo(payloads.size());
        assertThat(heaps + missing).as(hint).isEqualTo((long) delivered.size() * streams);
        assertThat(duplicate).as(hint).isLessThanOrEqualTo(duplicatesSent);
        delivered.forEach(VisibilityDump::release);
        assertThat(payloads).as(hint).allMatch(payload -> payload.references() == 0);
    }

    private DumpAssembler lossless(int streams, int windowDumps) {
        return assembler(
                streams,
                DumpGrid.of(Optional.empty(), 0),
                new DumpAssembler.Limits(windowDumps, UNBOUNDED, MAX_JUMP, true));
    }

    private DumpAssembler onModel(int streams, int dumps) {
        return assembler(
                streams,
                DumpGrid.of(Optional.of(Models.of(4, dumps)), 0.01),
                new DumpAssembler.Limits(8, UNBOUNDED, MAX_JUMP, false));
    }

    private DumpAssembler assembler(int streams, int windowDumps, long windowBytes) {
        return assembler(
                streams,
                DumpGrid.of(Optional.empty(), 0),
                new DumpAssembler.Limits(windowDumps, windowBytes, MAX_JUMP, false));
    }

    private DumpAssembler assembler(int streams, DumpGrid grid, DumpAssembler.Limits limits) {
        accounts = new StreamAccount[streams];
        for (int i = 0; i < streams; i++) {
            accounts[i] = new StreamAccount();
        }
        return new DumpAssembler(accounts, grid, limits, delivered::add);
    }

    private void add(DumpAssembler assembler, int stream, long ticks) {
        assembler.add(stream, remember(new FakePayload(ticks)));
    }

    private void add(DumpAssembler assembler, int stream, long ticks, long scanId) {
        assembler.add(stream, remember(new FakePayload(ticks, scanId)));
    }

    private FakePayload remember(FakePayload payload) {
        payloads.add(payload);
        return payload;
    }

    private List<Long> times() {
        return delivered.stream().map(VisibilityDump::timestampTicks).toList();
    }
}
