package org.cbfsdp.quickstart;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a receiver must have counted, from the sender's log and the shape of the data alone. It refuses to say what cannot be known: a
 * heap that is late or in time as threads happen to run.
 */
final class ImpairmentOracle {
    /** Of every stream: a dump and what became of its heap. */
    private final String[][] fates;

    private final Map<String, Long>[] counts;
    private final boolean[][] present;
    private final Shape shape;
    private final int[] cutAt;

    /**
     * The shape of the data and of the receiver.
     *
     * @param visibilities in a heap
     * @param bytes in a heap
     * @param window how many dumps the receiver holds open
     */
    record Shape(
            int streams, int dumps, long visibilities, long bytes, int window, int reorderDistance, boolean anyOrder) {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of generic types
    ImpairmentOracle(List<LoggedImpairment> log, Shape shape) {
        this.shape = shape;
        this.fates = new String[shape.streams()][shape.dumps()];
        this.counts = new Map[shape.streams()];
        this.present = new boolean[shape.streams()][shape.dumps()];
        this.cutAt = new int[shape.streams()];
        for (int stream = 0; stream < shape.streams(); stream++) {
            counts[stream] = new TreeMap<>();
            cutAt[stream] = shape.dumps();
            for (int dump = 0; dump < shape.dumps(); dump++) {
                fates[stream][dump] = "";
            }
        }
        note(log);
        for (int stream = 0; stream < shape.streams(); stream++) {
            for (int dump = 0; dump < cutAt[stream]; dump++) {
                judge(stream, dump);
            }
        }
        for (int stream = 0; stream < shape.streams(); stream++) {
            sum(stream);
        }
    }

    /** Counts of a stream that are not 0. */
    Map<String, Long> counts(int stream) {
        return counts[stream];
    }

    /** Whether a stream's heap is in the dump that is handed on. */
    boolean isPresent(int stream, int dump) {
        return present[stream][dump];
    }

    /** What becomes of a heap depends on how threads happen to run. */
    static final class UntoldException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UntoldException(String message) {
            super(message);
        }
    }

    int firstDelivered() {
        return IntStream.range(0, shape.dumps()).filter(this::isDelivered).min().orElseThrow();
    }

    int lastDelivered() {
        return IntStream.range(0, shape.dumps()).filter(this::isDelivered).max().orElseThrow();
    }

    /** Dumps that are handed on, those with at least one heap. */
    long delivered() {
        return IntStream.range(0, shape.dumps()).filter(this::isDelivered).count();
    }

    /** Those that have all heaps. */
    long complete() {
        return IntStream.range(0, shape.dumps())
                .filter(dump -> IntStream.range(0, shape.streams()).allMatch(stream -> present[stream][dump]))
                .count();
    }

    private void note(List<LoggedImpairment> log) {
        Map<Integer, Map<Integer, String>>[] packets = packets();
        int[][] counted = new int[shape.streams()][shape.dumps()];
        for (LoggedImpairment line : log) {
            int stream = line.number("stream");
            int dump = line.number("dump");
            switch (line.what()) {
                case "drop_packet", "duplicate_packet", "reorder_packet" -> {
                    packets[stream].computeIfAbsent(dump, d -> new HashMap<>()).put(line.number("packet"), line.what());
                    counted[stream][dump] = line.number("packets");
                }
                case "cut" -> {
                    cutAt[stream] = dump;
                    count(stream, "input_incomplete_heaps", line.number("packets_sent") > 0 ? 1 : 0);
                }
                case "never_sent" -> {
                    switch (line.fields().get("held_as")) {
                        case "reorder_packet" -> packets[stream].get(dump).put(line.number("packet"), "drop_packet");
                        case "duplicate_heap" -> fates[stream][dump] = "";
                        default -> fates[stream][dump] = "drop_heap";
                    }
                }
                case "stall" -> {
                    // Nothing is lost.
                }
                default -> fates[stream][dump] = line.what();
            }
        }
        for (int stream = 0; stream < shape.streams(); stream++) {
            for (Map.Entry<Integer, Map<Integer, String>> heap : packets[stream].entrySet()) {
                PacketArrivals arrivals = PacketArrivals.of(
                        counted[stream][heap.getKey()], heap.getValue(), shape.reorderDistance(), shape.anyOrder());
                count(stream, "input_incomplete_heaps", arrivals.incompleteHeaps());
                if (!arrivals.isWhole()) {
                    fates[stream][heap.getKey()] = "incomplete";
                }
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of generic types
    private Map<Integer, Map<Integer, String>>[] packets() {
        Map<Integer, Map<Integer, String>>[] packets = new Map[shape.streams()];
        for (int stream = 0; stream < shape.streams(); stream++) {
            packets[stream] = new TreeMap<>();
        }
        return packets;
    }

    private void judge(int stream, int dump) {
        switch (fates[stream][dump]) {
            case "", "duplicate_heap" -> present[stream][dump] = true;
            case "reorder_heap" -> {
                requireOpenedByOthers(stream, dump);
                present[stream][dump] = true;
            }
            case "late_heap" -> requireGivenUp(stream, dump);
            case "corrupt_scan_id" -> requireRefuted(dump);
            case "drop_heap", "incomplete", "corrupt_timestamp", "corrupt_channel_id", "corrupt_baseline_count" -> {}
            default -> throw new AssertionError("what is " + fates[stream][dump] + "?");
        }
        String counter = switch (fates[stream][dump]) {
            case "duplicate_heap" -> "input_duplicate_heaps";
            case "late_heap" -> "input_too_old_heaps";
            case "corrupt_timestamp" -> "input_bad_timestamp_heaps";
            case "corrupt_channel_id" -> "input_bad_channel_heaps";
            case "corrupt_baseline_count" -> "input_metadata_heaps";
            case "corrupt_scan_id" -> "input_bad_scan_heaps";
            default -> null;
        };
        if (counter != null) {
            count(stream, counter, 1);
        }
    }

    /** Whether the stream's heap of that dump comes when it should and is taken. */
    private boolean comesInOrder(int stream, int dump) {
        return dump < cutAt[stream] && (fates[stream][dump].isEmpty() || fates[stream][dump].equals("duplicate_heap"));
    }

    /** A dump that another stream has opened waits for one that is out of order; who is alone is not waited for. */
    private void requireOpenedByOthers(int stream, int dump) {
        for (int other = 0; other < shape.streams(); other++) {
            if (other != stream && comesInOrder(other, dump)) {
                return;
            }
        }
        throw new UntoldException("no other stream opens dump " + dump + " for stream " + stream + ": no telling");
    }

    /** The last heap of all that says another scan is believed: nothing comes that speaks against it. */
    private void requireRefuted(int dump) {
        for (int stream = 0; stream < shape.streams(); stream++) {
            for (int later = dump + 1; later < shape.dumps(); later++) {
                if (comesInOrder(stream, later)) {
                    return;
                }
            }
        }
        throw new UntoldException("nothing refutes the scan of dump " + dump);
    }

    /** The stream itself has gone on by more dumps than the window holds. */
    private void requireGivenUp(int stream, int dump) {
        int opened = 0;
        for (int later = dump + 1; later < Math.min(shape.dumps(), dump + ImpairmentTrial.LATE_DISTANCE); later++) {
            opened += comesInOrder(stream, later) ? 1 : 0;
        }
        if (opened <= shape.window()) {
            throw new UntoldException("whether dump " + dump + " of stream " + stream + " was late: no telling");
        }
    }

    private boolean isDelivered(int dump) {
        return IntStream.range(0, shape.streams()).anyMatch(stream -> present[stream][dump]);
    }

    private void sum(int stream) {
        long heaps = 0;
        for (int dump = 0; dump < shape.dumps(); dump++) {
            heaps += present[stream][dump] ? 1 : 0;
        }
        count(stream, "input_heaps", heaps);
        count(stream, "input_visibilities", heaps * shape.visibilities());
        count(stream, "input_bytes", heaps * shape.bytes());
        count(stream, "input_missing_heaps", missing(stream));
        count(stream, "input_lost_heaps", lost(stream));
    }

    /** What is lacking between the first dump and the last that are handed on; of a stream without end, to the end of the model. */
    private long missing(int stream) {
        int[] delivered =
                IntStream.range(0, shape.dumps()).filter(this::isDelivered).toArray();
        int last = cutAt[stream] < shape.dumps() ? shape.dumps() - 1 : delivered[delivered.length - 1];
        return IntStream.rangeClosed(delivered[0], last)
                .filter(dump -> !present[stream][dump])
                .count();
    }

    /** Heaps are numbered from the start of the stream, 1, to its end; gaps in the numbers of those that came whole. */
    private long lost(int stream) {
        TreeSet<Integer> whole = new TreeSet<>(List.of(1));
        for (int dump = 0; dump < cutAt[stream]; dump++) {
            if (!fates[stream][dump].equals("drop_heap") && !fates[stream][dump].equals("incomplete")) {
                whole.add(dump + 2);
            }
        }
        if (cutAt[stream] == shape.dumps()) {
            whole.add(shape.dumps() + 2);
        }
        return whole.last() - whole.first() + 1L - whole.size();
    }

    private void count(int stream, String counter, long amount) {
        if (amount != 0) {
            counts[stream].merge(counter, amount, Long::sum);
        }
    }
}
