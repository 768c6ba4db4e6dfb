package org.cbfsdp.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cbfsdp.recv.ReceiverUnderTest;
import org.cbfsdp.send.SenderUnderTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;

/**
 * A sender that does wrong what seeds say and logs it, and a receiver: every count of every stream, as it is counted, reported and
 * exported, and every flag of the set that is written, is what the log says.
 */
class ImpairmentIT {
    /** Later than the receiver's window for certain. */
    static final int LATE_DISTANCE = 40;

    private static final int CAPTURE_SEEDS = 240;
    private static final int NETWORK_SEEDS = 30;
    private static final int SET_SEEDS = 20;
    private static final int CHANNELS = 16;
    private static final int BASELINES = 36;
    private static final int ROUNDS = 8;
    private static final int DUMPS = 12 * ROUNDS;
    private static final int WINDOW = 12;

    @TempDir
    private static Path folder;

    private static Path set;

    /** The sample, over and over: {@value #DUMPS} dumps. */
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
                    """.formatted(ROUNDS, DUMPS * BASELINES));
        }
        set = folder.resolve("long.ms");
    }

    /** What one seed stands for. */
    private static final class Trial {
        private final long seed;
        private final SplittableRandom random;
        private final int streams;
        private final boolean anyOrder;
        private final Path log = folder.resolve("impairments.jsonl");
        private final Map<String, String> sending = new HashMap<>();
        private final Map<String, String> receiving = new HashMap<>();

        /**
         * Draws what is to be done.
         *
         * @param wild many impairments but heaps out of order, else few of all kinds in four streams
         */
        Trial(long seed, boolean wild) {
            this.seed = seed;
            random = new SplittableRandom(seed);
            streams = wild ? 1 << random.nextInt(3) : 4;
            anyOrder = random.nextBoolean();
            double most = wild ? 0.05 : 0.012;
            for (String kind : List.of(
                    "drop_heaps",
                    "duplicate_heaps",
                    "late_heaps",
                    "corrupt_timestamps",
                    "corrupt_channel_ids",
                    "corrupt_baseline_counts",
                    "corrupt_scan_ids")) {
                impair(kind, most * random.nextDouble());
            }
            impair("reorder_heaps", wild ? 0 : 0.04 * random.nextDouble());
            impair("reorder_distance", 1 + random.nextInt(3));
            impair("late_distance", LATE_DISTANCE);
            impair("duplicate_distance", random.nextInt(30));
            for (String kind : List.of("drop_packets", "duplicate_packets", "reorder_packets")) {
                impair(kind, (wild ? 0.01 : 0.002) * random.nextDouble());
            }
            impair("reorder_packets_distance", 2);
            if (random.nextInt(3) == 0) {
                impair("cut_stream", random.nextInt(streams));
                impair("cut_after", DUMPS - 2 - random.nextInt(8));
            }
            impair("seed", seed);
            impair("log", log);
            sending.put("transmission.num_streams", Integer.toString(streams));
            sending.put("transmission.warm_up", "0");
            sending.put("payload.fd", "zero");
            receiving.put("transmission.num_streams", Integer.toString(streams));
            receiving.put("reception.warm_up", "0");
            receiving.put("reception.datamodel", set.toString());
            receiving.put("reception.consumer", "null");
            receiving.put("reception.window_dumps", Integer.toString(WINDOW));
            receiving.put("reception.ring_heaps", "2");
            receiving.put("reception.allow_out_of_order", Boolean.toString(anyOrder));
        }

        private void impair(String key, Object value) {
            String text =
                    value instanceof Double number ? String.format(Locale.ROOT, "%.6f", number) : value.toString();
            sending.put("transmission.impair." + key, text);
        }

        ImpairmentOracle oracle() throws Exception {
            int channels = CHANNELS / streams;
            return new ImpairmentOracle(
                    LoggedImpairment.read(log),
                    new ImpairmentOracle.Shape(
                            streams,
                            DUMPS,
                            4L * channels * BASELINES,
                            34L * channels * BASELINES,
                            WINDOW,
                            2,
                            anyOrder));
        }

        ReceiverUnderTest.Result overCapture() throws Exception {
            Path capture = folder.resolve("sent.pcap");
            assertThat(SenderUnderTest.toCapture(sending, set, capture))
                    .contains(DUMPS + " of " + DUMPS + " dumps in " + streams + " streams");
            receiving.put("reception.pcap_file", capture.toString());
            return ReceiverUnderTest.run(receiving, () -> {});
        }

        /** Slow enough that nothing else is lost, and at one pace for all streams. */
        ReceiverUnderTest.Result overNetwork() throws Exception {
            String port = Integer.toString(FreePorts.first(streams));
            sending.put("transmission.target_port_start", port);
            sending.put("transmission.rate", "20000000");
            sending.put("transmission.time_interval", "0.003");
            sending.put("transmission.transport", random.nextBoolean() ? "nio" : "auto");
            receiving.put("reception.bind_hostname", "127.0.0.1");
            receiving.put("reception.receiver_port_start", port);
            receiving.put("reception.end_scan_max_delay", "0.3");
            receiving.put("reception.idle_timeout", "1");
            AtomicReference<String> sent = new AtomicReference<>("");
            Agent sender = new Agent() {
                @Override
                public String roleName() {
                    return "sender";
                }

                @Override
                public int doWork() {
                    try {
                        sent.set(SenderUnderTest.toNetwork(sending, set));
                    } catch (Exception e) {
                        sent.set(e.toString());
                    }
                    return DONE;
                }
            };
            try (AgentRunner runner =
                    new AgentRunner("sender", List.of(sender), IdleStrategy.backoff(), (agent, cause) -> {})) {
                ReceiverUnderTest.Result result = ReceiverUnderTest.run(receiving, runner::start);
                runner.join();
                assertThat(sent.get()).contains(DUMPS + " of " + DUMPS + " dumps in " + streams + " streams");
                return result;
            }
        }

        /** Everything that is said of the reception, in the oracle's words. */
        void check(ReceiverUnderTest.Result result) throws Exception {
            ImpairmentOracle oracle = oracle();
            for (int stream = 0; stream < streams; stream++) {
                assertThat(result.counts().get(stream))
                        .as("counters of seed %d, stream %d, any order %s: %s", seed, stream, anyOrder, packets(stream))
                        .isEqualTo(oracle.counts(stream));
                assertThat(result.metrics().get(stream))
                        .as("metrics of seed %d, stream %d", seed, stream)
                        .isEqualTo(oracle.counts(stream));
            }
            assertThat(result.report().lines().toList())
                    .as("report of seed %d", seed)
                    .last()
                    .asString()
                    .startsWith("Received %d heaps (%d missing, %d incomplete), %d dumps (%d complete) in %d streams: "
                            .formatted(
                                    sum(oracle, "input_heaps"),
                                    sum(oracle, "input_missing_heaps"),
                                    sum(oracle, "input_incomplete_heaps"),
                                    oracle.delivered(),
                                    oracle.complete(),
                                    streams));
        }

        /** What was done to packets of a stream, for the sentence of a failure. */
        private List<String> packets(int stream) throws Exception {
            return LoggedImpairment.read(log).stream()
                    .filter(line ->
                            line.number("stream") == stream && line.what().endsWith("_packet"))
                    .map(line -> "%s %s/%s of %s"
                            .formatted(line.what(), line.number("packet"), line.number("packets"), line.number("dump")))
                    .toList();
        }

        private long sum(ImpairmentOracle oracle, String counter) {
            return IntStream.range(0, streams)
                    .mapToLong(stream -> oracle.counts(stream).getOrDefault(counter, 0L))
                    .sum();
        }
    }

    @Test
    void shouldCountOverCapturesWhatTheLogSays() throws Exception {
        Map<String, Integer> done = new HashMap<>();
        int untold = 0;
        for (long seed = 1; seed <= CAPTURE_SEEDS; seed++) {
            Trial trial = new Trial(seed, seed % 2 == 0);
            ReceiverUnderTest.Result result = trial.overCapture();
            try {
                trial.oracle();
            } catch (ImpairmentOracle.UntoldException e) {
                untold++;
                continue;
            }
            trial.check(result);
            LoggedImpairment.read(trial.log).forEach(line -> done.merge(line.what(), 1, Integer::sum));
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
            Trial trial = new Trial(seed, seed % 2 == 0);
            trial.check(trial.overNetwork());
        }
    }

    @Test
    void shouldFlagInTheSetWhatTheLogSays() throws Exception {
        int told = 0;
        for (long seed = 2001; told < SET_SEEDS; seed++) {
            assertThat(seed).as("seeds for %d that can be told", SET_SEEDS).isLessThan(2000 + 2 * SET_SEEDS);
            Trial trial = new Trial(seed, seed % 2 == 0);
            trial.receiving.put("reception.consumer", "mswriter");
            trial.receiving.put("reception.consumer_overflow", "block");
            trial.receiving.put(
                    "reception.outputfilename", folder.resolve("out.ms").toString());
            trial.receiving.put("mswriter.overwrite", "true");
            trial.receiving.put("mswriter.flag_from_fd", "never");
            ReceiverUnderTest.Result result = trial.overCapture();
            try {
                trial.oracle();
            } catch (ImpairmentOracle.UntoldException e) {
                continue;
            }
            trial.check(result);
            told++;
            assertThat(flags(trial.streams)).as("flags of seed %d", seed).isEqualTo(expectedFlags(trial));
        }
    }

    /** A line a dump from the first that is handed on to the last, those between of which nothing came too: its place in the model, and for each stream 0 for no flag, 1 for all. */
    private static List<String> expectedFlags(Trial trial) throws Exception {
        ImpairmentOracle oracle = trial.oracle();
        return IntStream.rangeClosed(oracle.firstDelivered(), oracle.lastDelivered())
                .mapToObj(dump -> dump + ":"
                        + IntStream.range(0, trial.streams)
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
                            """.formatted(BASELINES, BASELINES, CHANNELS, BASELINES, streams))
                    .lines()
                    .toList();
        }
    }

    @Test
    void shouldDoTheSameForTheSameSeed() throws Exception {
        Trial trial = new Trial(7, true);
        trial.overCapture();
        List<String> first = Files.readAllLines(trial.log);
        trial.overCapture();
        assertThat(Files.readAllLines(trial.log)).isEqualTo(first).hasSizeGreaterThan(3);
        // The streams are served by threads of their own now, which is nothing to what is done to each.
        trial.sending.put("transmission.sender_threads", "4");
        trial.overNetwork();
        assertThat(Files.readAllLines(trial.log)).containsExactlyInAnyOrderElementsOf(first);
    }
}
