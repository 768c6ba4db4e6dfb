package org.cbfsdp.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.cbfsdp.recv.ReceiverUnderTest;
import org.cbfsdp.send.SenderUnderTest;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;

/** What one seed stands for: settings of a sender that does wrong, those of a receiver, and what must become of them. */
final class ImpairmentTrial {
    static final int CHANNELS = 16;
    static final int BASELINES = 36;
    static final int ROUNDS = 8;
    static final int DUMPS = 12 * ROUNDS;

    /** Later than the receiver's window for certain. */
    static final int LATE_DISTANCE = 40;

    private static final int WINDOW = 12;

    /** Of datagrams, where a thread that stands still while others go on must not make a heap too late. */
    private static final int UDP_WINDOW = 24;

    /** Where the pointers of a data heap's first packet end: four of the protocol, and one for each of its eleven items. */
    private static final int POINTERS_END = 8 + 8 * (4 + 11);

    /** What a data heap can come to, each heap to one of them. */
    private static final List<String> BALANCED = List.of(
            "input_heaps",
            "input_lost_heaps",
            "input_too_old_heaps",
            "input_duplicate_heaps",
            "input_metadata_heaps",
            "input_bad_channel_heaps",
            "input_bad_baseline_heaps",
            "input_bad_polarisation_heaps",
            "input_bad_phase_bin_heaps",
            "input_bad_scan_heaps",
            "input_bad_timestamp_heaps");

    private final Path folder;
    private final Path set;
    private final long seed;
    private final SplittableRandom random;
    private final int streams;
    private final boolean anyOrder;
    private final Path log;
    private int window = WINDOW;
    private boolean isCut;
    private final Map<String, String> sending = new HashMap<>();
    private final Map<String, String> receiving = new HashMap<>();

    private ImpairmentTrial(Path folder, Path set, long seed, boolean mayDivide) {
        this.folder = folder;
        this.set = set;
        this.seed = seed;
        log = folder.resolve("impairments.jsonl");
        random = new SplittableRandom(seed);
        streams = mayDivide ? 1 << random.nextInt(3) : 4;
        anyOrder = random.nextBoolean();
        impair("seed", seed);
        impair("log", log);
        sending.put("transmission.num_streams", Integer.toString(streams));
        sending.put("transmission.warm_up", "0");
        sending.put("payload.fd", "zero");
        receiving.put("transmission.num_streams", Integer.toString(streams));
        receiving.put("reception.warm_up", "0");
        receiving.put("reception.datamodel", set.toString());
        receiving.put("reception.consumer", "null");
        receiving.put("reception.ring_heaps", "2");
        receiving.put("reception.allow_out_of_order", Boolean.toString(anyOrder));
    }

    /**
     * Draws what is to be done, of all that can be counted exactly.
     *
     * @param folder for the log and the capture
     * @param set of {@value #DUMPS} dumps
     * @param wild many impairments but heaps out of order, else few of all kinds in four streams
     */
    static ImpairmentTrial ofSeed(Path folder, Path set, long seed, boolean wild) {
        ImpairmentTrial trial = new ImpairmentTrial(folder, set, seed, wild);
        trial.drawHeaps(wild);
        trial.drawPacketsAndCut(wild);
        return trial;
    }

    /** Bits of packets are changed, and nothing else is wrong; small packets have as much header as payload. */
    static ImpairmentTrial ofCorruptPackets(Path folder, Path set, long seed) {
        ImpairmentTrial trial = new ImpairmentTrial(folder, set, seed, true);
        trial.impair("corrupt_packets", 0.02 * trial.random.nextDouble());
        trial.send("max_packet_size", 256 << trial.random.nextInt(3));
        return trial;
    }

    private void drawHeaps(boolean wild) {
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
    }

    private void drawPacketsAndCut(boolean wild) {
        for (String kind : List.of("drop_packets", "duplicate_packets", "reorder_packets")) {
            impair(kind, (wild ? 0.01 : 0.002) * random.nextDouble());
        }
        impair("reorder_packets_distance", 2);
        isCut = random.nextInt(3) == 0;
        if (isCut) {
            impair("cut_stream", random.nextInt(streams));
            impair("cut_after", DUMPS - 2 - random.nextInt(8));
        }
    }

    /** One stream, somewhere, falls silent for a while, too. */
    ImpairmentTrial stalled(double seconds) {
        impair("stall_stream", random.nextInt(streams));
        impair("stall_after", 5 + random.nextInt(DUMPS - 20));
        impair("stall_seconds", seconds);
        return this;
    }

    /** Sends with another setting of transmission.*. */
    ImpairmentTrial send(String key, Object value) {
        sending.put("transmission." + key, value.toString());
        return this;
    }

    /** Receives with another setting. */
    ImpairmentTrial receive(String name, Object value) {
        receiving.put(name, value.toString());
        return this;
    }

    int streams() {
        return streams;
    }

    /** What was done, as logged. */
    List<LoggedImpairment> logged() throws IOException {
        return LoggedImpairment.read(log);
    }

    Path log() {
        return log;
    }

    private void impair(String key, Object value) {
        String text = value instanceof Double number ? String.format(Locale.ROOT, "%.6f", number) : value.toString();
        sending.put("transmission.impair." + key, text);
    }

    ImpairmentOracle oracle() throws Exception {
        int channels = CHANNELS / streams;
        return new ImpairmentOracle(
                logged(),
                new ImpairmentOracle.Shape(
                        streams, DUMPS, 4L * channels * BASELINES, 34L * channels * BASELINES, window, 2, anyOrder));
    }

    ReceiverUnderTest.Result overCapture() throws Exception {
        Path capture = folder.resolve("sent.pcap");
        assertThat(SenderUnderTest.toCapture(sending, set, capture))
                .contains(DUMPS + " of " + DUMPS + " dumps in " + streams + " streams");
        receiving.put("reception.pcap_file", capture.toString());
        receiving.put("reception.window_dumps", Integer.toString(window));
        return ReceiverUnderTest.run(receiving, () -> {});
    }

    /** By connections, which wait for a receiver that is slow, in packets as small as those of datagrams: several a heap. */
    ReceiverUnderTest.Result overTcp() throws Exception {
        sending.put("transmission.max_packet_size", "1472");
        sending.put("transmission.transport_protocol", "tcp");
        receiving.put("reception.transport_protocol", "tcp");
        return overNetwork("20000000", "0.003");
    }

    /** Slow enough that nothing else is lost, though somebody stands still for a tenth of a second, and at one pace for all streams. */
    ReceiverUnderTest.Result overUdp() throws Exception {
        window = UDP_WINDOW;
        return overNetwork("8000000", "0.008");
    }

    private ReceiverUnderTest.Result overNetwork(String rate, String interval) throws Exception {
        String port = Integer.toString(FreePorts.first(streams));
        sending.put("transmission.target_port_start", port);
        sending.put("transmission.rate", rate);
        sending.put("transmission.time_interval", interval);
        sending.put("transmission.transport", random.nextBoolean() ? "nio" : "auto");
        receiving.put("reception.bind_hostname", "127.0.0.1");
        receiving.put("reception.receiver_port_start", port);
        receiving.put("reception.window_dumps", Integer.toString(window));
        // Nothing else ends a reception whose only stream is cut, or one of whose streams is: only these are waited
        // for.
        receiving.put("reception.end_scan_max_delay", isCut ? "2" : "20");
        receiving.put("reception.idle_timeout", isCut ? "5" : "20");
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
        return logged().stream()
                .filter(line -> line.number("stream") == stream && line.what().endsWith("_packet"))
                .map(line -> "%s %s/%s of %s"
                        .formatted(line.what(), line.number("packet"), line.number("packets"), line.number("dump")))
                .toList();
    }

    private long sum(ImpairmentOracle oracle, String counter) {
        return IntStream.range(0, streams)
                .mapToLong(stream -> oracle.counts(stream).getOrDefault(counter, 0L))
                .sum();
    }

    /**
     * Every heap of the numbering, start and end included, is received, lost, refused, late or not needed, once; but a heap of which a
     * bit in the pointers of the first packet was changed may have become one without data, which is no fault.
     */
    void checkBalance(ReceiverUnderTest.Result result) throws Exception {
        for (int stream = 0; stream < streams; stream++) {
            Map<String, Long> counts = result.counts().get(stream);
            long told = BALANCED.stream()
                    .mapToLong(name -> counts.getOrDefault(name, 0L))
                    .sum();
            String description = "seed %d, stream %d, any order %s: %s".formatted(seed, stream, anyOrder, counts);
            assertThat(DUMPS - told).as(description).isBetween(0L, pointersChanged(stream));
            assertThat(counts.get("input_heaps")).as(description).isGreaterThanOrEqualTo(DUMPS - heapsChanged(stream));
            assertThat(result.metrics().get(stream))
                    .as("metrics, " + description)
                    .isEqualTo(counts);
        }
    }

    private long pointersChanged(int stream) throws IOException {
        return corrupt(stream).stream()
                .filter(line ->
                        line.number("packet") == 0 && line.number("byte") >= 8 && line.number("byte") < POINTERS_END)
                .count();
    }

    private long heapsChanged(int stream) throws IOException {
        return corrupt(stream).stream()
                .map(line -> line.number("heap"))
                .distinct()
                .count();
    }

    private List<LoggedImpairment> corrupt(int stream) throws IOException {
        return logged().stream()
                .filter(line -> line.what().equals("corrupt_packet") && line.number("stream") == stream)
                .toList();
    }
}
