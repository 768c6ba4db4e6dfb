package org.cbfsdp.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cbfsdp.recv.ReceiverUnderTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sender that does wrong what seeds say and logs it, and a receiver: every count of every stream, as it is counted, reported and
 * exported, and every flag of the set that is written, is what the log says.
 */
@Timeout(300) // A receiver waits for ever for a sender that failed.
class ImpairmentIT {
    private static final int CAPTURE_SEEDS = 240;
    private static final int NETWORK_SEEDS = 30;
    private static final int SET_SEEDS = 20;
    private static final int STALL_SEEDS = 24;
    private static final int TCP_SEEDS = 12;
    private static final int CORRUPT_SEEDS = 60;

    @TempDir
    private static Path folder;

    private static Path set;

    /** The sample, over and over: {@value ImpairmentTrial#DUMPS} dumps. */
    @BeforeAll
    static void makeSet() throws Exception {
        try (Programs programs = new Programs(folder)) {
            programs.unpack("low8_both_4pol.ms");
            programs.python("""
                    from casacore.tables import table
                    table('low8_both_4pol.ms', ack=False).copy('long.ms', deep=True).close()
                    t = table('long.ms', ack=False, readonly=False)
                    n = t.nrows()
                    length = 12 * t.getcell('INTERVAL', 0)
                    for k in range(1, %d):
                        t.copyrows(t, 0, k * n, n)
                        for column in ('TIME', 'TIME_CENTROID'):
                            t.putcol(column, t.getcol(column, 0, n) + k * length, k * n, n)
                    assert t.nrows() == %d, t.nrows()
                    """.formatted(ImpairmentTrial.ROUNDS, ImpairmentTrial.DUMPS * ImpairmentTrial.BASELINES));
        }
        set = folder.resolve("long.ms");
    }

    private static ImpairmentTrial trial(long seed) {
        return ImpairmentTrial.ofSeed(folder, set, seed, seed % 2 == 0);
    }

    @Test
    void shouldCountOverCapturesWhatTheLogSays() throws Exception {
        Map<String, Integer> done = new HashMap<>();
        int untold = 0;
        for (long seed = 1; seed <= CAPTURE_SEEDS; seed++) {
            ImpairmentTrial trial = trial(seed);
            ReceiverUnderTest.Result result = trial.overCapture();
            try {
                trial.oracle();
            } catch (ImpairmentOracle.UntoldException e) {
                untold++;
                continue;
            }
            trial.check(result);
            trial.logged().forEach(line -> done.merge(line.what(), 1, Integer::sum));
        }
        assertThat(CAPTURE_SEEDS - untold).as("seeds that can be told").isGreaterThanOrEqualTo(200);
        // All that can be counted was done, and often.
        assertThat(done.keySet())
                .contains(
                        "drop_heap",
                        "duplicate_heap",
                        "reorder_heap",
                        "late_heap",
                        "corrupt_timestamp",
                        "corrupt_channel_id",
                        "corrupt_baseline_count",
                        "corrupt_scan_id",
                        "drop_packet",
                        "duplicate_packet",
                        "reorder_packet",
                        "cut");
        assertThat(done.values()).as("%s", done).allMatch(times -> times > 3);
    }

    @Test
    void shouldCountOverUdpWhatTheLogSays() throws Exception {
        for (long seed = 1001; seed <= 1000 + NETWORK_SEEDS; seed++) {
            ImpairmentTrial trial = trial(seed);
            trial.check(trial.overUdp());
        }
    }

    /** A stream that falls silent loses nothing, and takes nothing from the others, whatever else is done to them. */
    @Test
    void shouldCountTheSameOverAStall() throws Exception {
        int told = 0;
        for (long seed = 3001; told < STALL_SEEDS; seed++) {
            assertThat(seed).as("seeds for %d that can be told", STALL_SEEDS).isLessThan(3000 + 2 * STALL_SEEDS);
            ImpairmentTrial trial = trial(seed).stalled(20);
            ReceiverUnderTest.Result result = trial.overCapture();
            assertThat(trial.logged()).extracting(LoggedImpairment::what).containsOnlyOnce("stall");
            try {
                trial.oracle();
            } catch (ImpairmentOracle.UntoldException e) {
                continue;
            }
            trial.check(result);
            told++;
        }
    }

    @Test
    void shouldCountOverTcpWhatTheLogSaysStallsIncluded() throws Exception {
        for (long seed = 4001; seed <= 4000 + TCP_SEEDS; seed++) {
            ImpairmentTrial trial = trial(seed).stalled(0.2);
            ReceiverUnderTest.Result result = trial.overTcp();
            assertThat(trial.logged()).extracting(LoggedImpairment::what).containsOnlyOnce("stall");
            trial.check(result);
        }
    }

    /** What a changed bit comes to depends on what it meant, but every heap comes to one thing. */
    @Test
    void shouldCountEachHeapOnceWhateverBitIsWrong() throws Exception {
        long changed = 0;
        long received = 0;
        for (long seed = 5001; seed <= 5000 + CORRUPT_SEEDS; seed++) {
            ImpairmentTrial trial = ImpairmentTrial.ofCorruptPackets(folder, set, seed);
            ReceiverUnderTest.Result result = trial.overCapture();
            trial.checkBalance(result);
            changed += trial.logged().size();
            received += result.counts().stream()
                    .mapToLong(counts -> counts.get("input_heaps"))
                    .sum();
        }
        assertThat(changed).as("bits changed").isGreaterThan(1000);
        assertThat(received).as("heaps received").isGreaterThan(1000);
    }

    @Test
    void shouldFlagInTheSetWhatTheLogSays() throws Exception {
        int told = 0;
        for (long seed = 2001; told < SET_SEEDS; seed++) {
            assertThat(seed).as("seeds for %d that can be told", SET_SEEDS).isLessThan(2000 + 2 * SET_SEEDS);
            ImpairmentTrial trial = trial(seed);
            trial.receive("reception.consumer", "mswriter")
                    .receive("reception.consumer_overflow", "block")
                    .receive("reception.outputfilename", folder.resolve("out.ms"))
                    .receive("mswriter.overwrite", "true")
                    .receive("mswriter.flag_from_fd", "never");
            ReceiverUnderTest.Result result = trial.overCapture();
            try {
                trial.oracle();
            } catch (ImpairmentOracle.UntoldException e) {
                continue;
            }
            trial.check(result);
            told++;
            assertThat(flags(trial.streams())).as("flags of seed %d", seed).isEqualTo(expectedFlags(trial));
        }
    }

    /**
     * A line a dump from the first that is handed on to the last, those between of which nothing came too: its place in the model, and
     * for each stream 0 for no flag, 1 for all.
     */
    private static List<String> expectedFlags(ImpairmentTrial trial) throws Exception {
        ImpairmentOracle oracle = trial.oracle();
        return IntStream.rangeClosed(oracle.firstDelivered(), oracle.lastDelivered())
                .mapToObj(dump -> dump + ":"
                        + IntStream.range(0, trial.streams())
                                .mapToObj(stream -> oracle.isPresent(stream, dump) ? "0" : "1")
                                .collect(Collectors.joining()))
                .toList();
    }

    /** The same of the set, by python-casacore; 2 where only some are flagged. */
    private static List<String> flags(int streams) throws Exception {
        try (Programs programs = new Programs(folder)) {
            return programs.python("""
                            from casacore.tables import table
                            import numpy as np
                            times = table('long.ms', ack=False).getcol('TIME')[::%d]
                            t = table('out.ms', ack=False)
                            flags = t.getcol('FLAG').reshape(-1, %d, %d, 4)
                            for time, dump in zip(t.getcol('TIME')[::%d], flags):
                                parts = [np.unique(part) for part in np.split(dump, %d, axis=1)]
                                text = ''.join('2' if len(p) > 1 else '1' if p[0] else '0' for p in parts)
                                print('%%d:%%s' %% (np.argmin(np.abs(times - time)), text))
                            """.formatted(
                                    ImpairmentTrial.BASELINES,
                                    ImpairmentTrial.BASELINES,
                                    ImpairmentTrial.CHANNELS,
                                    ImpairmentTrial.BASELINES,
                                    streams))
                    .lines()
                    .toList();
        }
    }

    @Test
    void shouldDoTheSameForTheSameSeed() throws Exception {
        ImpairmentTrial trial = ImpairmentTrial.ofSeed(folder, set, 7, true);
        trial.overCapture();
        List<String> first = Files.readAllLines(trial.log());
        trial.overCapture();
        assertThat(Files.readAllLines(trial.log())).isEqualTo(first).hasSizeGreaterThan(3);
        // The streams are served by threads of their own now, which is nothing to what is done to each.
        trial.send("sender_threads", 4);
        trial.overUdp();
        assertThat(Files.readAllLines(trial.log())).containsExactlyInAnyOrderElementsOf(first);
    }
}
