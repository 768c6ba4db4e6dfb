package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is called missing: four streams of twenty dumps, of which heaps, dumps or whole streams lack, through the assembly and the
 * ledger behind it.
 */
class MissingHeapsTest {
    private static final int STREAMS = 4;
    private static final int DUMPS = 20;
    private static final int WINDOW = 3;

    private final StreamAccount[] accounts =
            Stream.generate(StreamAccount::new).limit(STREAMS).toArray(StreamAccount[]::new);
    private final DumpGrid grid = DumpGrid.of(Optional.of(Models.of(2 * STREAMS, DUMPS)), 0.01);
    private final DumpLedger ledger = new DumpLedger(grid, accounts, List.of());
    private final List<String> delivered = new ArrayList<>();

    /** At each dump that was handed on with, or after, a loss: its time and what is missing by then. */
    private final List<String> losses = new ArrayList<>();

    @Test
    void shouldCountHolesAndWholeDumpsAlikeAtTheDumpThatShowsThem() {
        Set<Integer> gone = Set.of(3, 4, 9, 10, 11, 17);
        Map<Integer, Integer> holes = Map.of(1, 0, 2, 3, 6, 1, 8, 1, 13, 2, 15, 0, 19, 3);
        DumpAssembler assembler = assembler(false);
        for (int dump = 0; dump < DUMPS; dump++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                if (!gone.contains(dump) && holes.getOrDefault(dump, -1) != stream) {
                    assertThat(assembler.add(stream, payload(dump))).isTrue();
                }
            }
        }
        assembler.flush();

        assertThat(missing()).isEqualTo(6 * STREAMS + 7);
        assertThat(missingOfEach()).containsExactly(6L + 2, 6L + 2, 6L + 1, 6L + 2);
        assertThat(delivered)
                .containsExactly(
                        "0 1111", "1 0111", "2 1110", "5 1111", "6 1011", "7 1111", "8 1011", "12 1111", "13 1101",
                        "14 1111", "15 0111", "16 1111", "18 1111", "19 1110");
        assertThat(losses)
                .as("a gap is known at the first dump after it")
                .containsExactly(
                        "1: 1", "2: 2", "5: 10", "6: 11", "8: 12", "12: 24", "13: 25", "15: 26", "18: 30", "19: 31");
        ledger.accountTruncatedTails();
        assertThat(missing()).as("the last dump came").isEqualTo(6 * STREAMS + 7);
    }

    @Test
    void shouldMissNothingBeforeTheFirstHeap() {
        DumpAssembler assembler = assembler(false);
        for (int dump = 5; dump < DUMPS; dump++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                assembler.add(stream, payload(dump));
            }
        }
        assembler.flush();
        assertThat(missing()).isZero();
        assertThat(delivered).hasSize(15);
    }

    /** The model knows that there should have been more; of a stream that ended as it should, the sender knew better. */
    @Test
    void shouldMissTheTailThatNeverCameUnlessTheStreamSaidThatItHasEnded() {
        DumpAssembler assembler = assembler(false);
        for (int dump = 0; dump <= 12; dump++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                assembler.add(stream, payload(dump));
            }
        }
        accounts[2].endSeen();
        assembler.streamEnded(2);
        assembler.flush();
        assertThat(missing()).isZero();
        ledger.accountTruncatedTails();
        assertThat(missingOfEach()).containsExactly(7L, 7L, 0L, 7L);
        assertThat(accounts[0].firstMissingTicks()).startsWith(Models.ticks(13));
    }

    @ParameterizedTest(name = "stalls from dump {0} to {1}")
    @CsvSource({"5, 15", "1, 2", "8, 20"})
    void shouldHandOnWithinTheWindowWhatAStalledStreamLacksWhenLossy(int from, int to) {
        DumpAssembler assembler = assembler(false);
        for (int dump = 0; dump < DUMPS; dump++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                if (stream != 2 || dump < from || dump >= to) {
                    assembler.add(stream, payload(dump));
                }
            }
            assertThat(delivered).as("after dump %d", dump).hasSizeGreaterThan(dump - WINDOW);
        }
        assembler.flush();
        assertThat(delivered)
                .isEqualTo(IntStream.range(0, DUMPS)
                        .mapToObj(dump -> dump + (dump < from || dump >= to ? " 1111" : " 1101"))
                        .toList());
        assertThat(missingOfEach()).containsExactly(0L, 0L, (long) (to - from), 0L);
        assertThat(accounts[2].get(StreamCounter.LATE_HEAPS)).isZero();
    }

    @Test
    void shouldMakeTheOthersWaitForAStalledStreamAndLoseNothingWhenLossless() {
        DumpAssembler assembler = assembler(true);
        int[] next = new int[STREAMS];
        offerAsFarAsTaken(assembler, next, Set.of(2));
        assertThat(delivered).isEmpty();
        assertThat(next).as("a window ahead").containsExactly(WINDOW, WINDOW, 0, WINDOW);
        offerAsFarAsTaken(assembler, next, Set.of());
        assembler.flush();
        assertThat(next).containsOnly(DUMPS);
        assertThat(delivered)
                .isEqualTo(IntStream.range(0, DUMPS)
                        .mapToObj(dump -> dump + " 1111")
                        .toList());
        assertThat(missing()).isZero();
    }

    private void offerAsFarAsTaken(DumpAssembler assembler, int[] next, Set<Integer> stalled) {
        boolean taken = true;
        while (taken) {
            taken = false;
            for (int stream = 0; stream < STREAMS; stream++) {
                if (!stalled.contains(stream) && next[stream] < DUMPS && assembler.add(stream, payload(next[stream]))) {
                    next[stream]++;
                    taken = true;
                }
            }
        }
    }

    private DumpAssembler assembler(boolean lossless) {
        DumpAssembler.Limits limits = new DumpAssembler.Limits(WINDOW, Long.MAX_VALUE, Long.MAX_VALUE, lossless);
        return new DumpAssembler(accounts, grid, limits, dump -> {
            StringBuilder text = new StringBuilder();
            long seconds = (dump.timestampTicks() - Models.ticks(0)) >> 32;
            text.append(seconds).append(' ');
            for (int stream = 0; stream < STREAMS; stream++) {
                text.append(dump.payload(stream) == null ? 0 : 1);
            }
            delivered.add(text.toString());
            long lossyDumps = ledger.lossyDumps();
            ledger.accept(dump);
            if (ledger.lossyDumps() != lossyDumps) {
                losses.add(((ledger.lastLossTicks() - Models.ticks(0)) >> 32) + ": " + missing());
            }
        });
    }

    private static FakePayload payload(int dump) {
        return new FakePayload(Models.ticks(dump));
    }

    private long missing() {
        return missingOfEach().stream().mapToLong(Long::longValue).sum();
    }

    private List<Long> missingOfEach() {
        return Stream.of(accounts)
                .map(account -> account.get(StreamCounter.MISSING_HEAPS))
                .toList();
    }
}
