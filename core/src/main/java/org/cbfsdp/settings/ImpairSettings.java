package org.cbfsdp.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the sender does wrong on purpose. Immutable. Of a heap at most one thing is wrong, and of a packet of those that are right.
 * Fractions are from 0 to 1.
 *
 * @param seed of all that is drawn
 * @param log file that gets a line for everything that was done, if there is to be one
 * @param sparedDumps first and last dumps of which nothing is wrong
 * @param dropHeaps fraction of the data heaps that are not sent
 * @param duplicateHeaps fraction sent twice
 * @param duplicateDistanceDumps how many dumps later, 0 = right behind
 * @param reorderHeaps fraction sent a little later
 * @param reorderDistanceDumps how many dumps later
 * @param lateHeaps fraction sent much later
 * @param lateDistanceDumps how many dumps later
 * @param corruptTimestamps fraction with a time between two dumps
 * @param corruptChannelIds fraction with another first channel
 * @param corruptBaselineCounts fraction with another number of baselines than there are in it
 * @param corruptScanIds fraction with another scan
 * @param dropPackets fraction of the packets of other data heaps that are not sent
 * @param duplicatePackets fraction sent twice
 * @param reorderPackets fraction sent later
 * @param reorderDistancePackets how many packets later
 * @param corruptPackets fraction of which one bit is changed
 * @param stallStream the stream that falls silent for a while, if one is to
 * @param stallAfterDumps how many dumps it sends before
 * @param stallNanos how long it is silent
 * @param cutStream the stream that ends in the middle of a heap, if one is to
 * @param cutAfterDumps how many dumps it sends before
 */
public record ImpairSettings(
        long seed,
        Optional<Path> log,
        int sparedDumps,
        double dropHeaps,
        double duplicateHeaps,
        int duplicateDistanceDumps,
        double reorderHeaps,
        int reorderDistanceDumps,
        double lateHeaps,
        int lateDistanceDumps,
        double corruptTimestamps,
        double corruptChannelIds,
        double corruptBaselineCounts,
        double corruptScanIds,
        double dropPackets,
        double duplicatePackets,
        double reorderPackets,
        int reorderDistancePackets,
        double corruptPackets,
        OptionalInt stallStream,
        long stallAfterDumps,
        long stallNanos,
        OptionalInt cutStream,
        long cutAfterDumps) {
    private static final String NAME = "transmission.impair";

    static final Setting<Long> SEED = impair(
            "seed",
            NumberType.longInteger(0, Long.MAX_VALUE),
            "1",
            "What is drawn: the same seed, settings and data have the same things done to them.");
    static final Setting<Optional<Path>> LOG = impair(
            "log",
            new OptionalType<>(TextType.path()),
            "",
            "File that gets a JSON object a line for everything that was done. One that is there is replaced.");
    static final Setting<Integer> SPARED_DUMPS = impair(
                    "spared_dumps",
                    NumberType.integer(0, Integer.MAX_VALUE),
                    "1",
                    "Dumps at the beginning, and as many at the end, of which nothing is impaired: a receiver knows what is"
                            + " missing between two dumps, not what was before the first or after the last.")
            .unit("dumps");
    static final Setting<Double> DROP_HEAPS = fraction("drop_heaps", "Fraction of the data heaps that are not sent.");
    static final Setting<Double> DUPLICATE_HEAPS =
            fraction("duplicate_heaps", "Fraction of the data heaps that are sent twice, under the same heap count.");
    static final Setting<Integer> DUPLICATE_DISTANCE = impair(
                    "duplicate_distance",
                    NumberType.integer(0, 65536),
                    "0",
                    "How many dumps later the second one is sent; 0 sends it right behind the first.")
            .unit("dumps");
    static final Setting<Double> REORDER_HEAPS = fraction(
            "reorder_heaps",
            "Fraction of the data heaps that are sent a little later, for the receiver to put in order.");
    static final Setting<Integer> REORDER_DISTANCE = impair(
                    "reorder_distance",
                    NumberType.integer(1, 65536),
                    "1",
                    "How many dumps later. Fewer than the receiver's window holds (reception.window_dumps) lose nothing.")
            .unit("dumps");
    static final Setting<Double> LATE_HEAPS =
            fraction("late_heaps", "Fraction of the data heaps that are sent after the receiver has given them up.");
    static final Setting<Integer> LATE_DISTANCE = impair(
                    "late_distance",
                    NumberType.integer(1, 65536),
                    "32",
                    "How many dumps later. They are late if that is more than the receiver's window holds"
                            + " (reception.window_dumps).")
            .unit("dumps");
    static final Setting<Double> CORRUPT_TIMESTAMPS =
            fraction("corrupt_timestamps", "Fraction of the data heaps that say a time between those of two dumps.");
    static final Setting<Double> CORRUPT_CHANNEL_IDS =
            fraction("corrupt_channel_ids", "Fraction of the data heaps that say they begin with another channel.");
    static final Setting<Double> CORRUPT_BASELINE_COUNTS = fraction(
            "corrupt_baseline_counts",
            "Fraction of the data heaps that say another number of baselines than they have.");
    static final Setting<Double> CORRUPT_SCAN_IDS =
            fraction("corrupt_scan_ids", "Fraction of the data heaps that say another scan, each one of its own.");
    static final Setting<Double> DROP_PACKETS = fraction(
            "drop_packets",
            "Fraction of the packets that are not sent: of data heaps to which nothing else is done, as with all that concerns"
                    + " packets.");
    static final Setting<Double> DUPLICATE_PACKETS =
            fraction("duplicate_packets", "Fraction of the packets that are sent twice, one right behind the other.");
    static final Setting<Double> REORDER_PACKETS =
            fraction("reorder_packets", "Fraction of the packets that are sent later.");
    static final Setting<Integer> REORDER_PACKETS_DISTANCE = impair(
                    "reorder_packets_distance",
                    NumberType.integer(1, 65536),
                    "3",
                    "How many packets later; before the end of the stream, and before a heap to which something else is done.")
            .unit("packets");
    static final Setting<Double> CORRUPT_PACKETS = fraction(
            "corrupt_packets",
            "Fraction of the packets of which one bit is changed, anywhere: what comes of it is what the bit meant. Checksums of"
                    + " UDP and TCP are right all the same.");
    static final Setting<Optional<Integer>> STALL_STREAM = impair(
            "stall_stream",
            new OptionalType<>(NumberType.integer(0, 65535)),
            "",
            "The stream that falls silent for a while, counted from 0. The others go on for transmission.max_heaps + 1 dumps and"
                    + " wait then; nothing is lost here.");
    static final Setting<Long> STALL_AFTER = impair(
                    "stall_after",
                    NumberType.longInteger(0, Long.MAX_VALUE),
                    "1",
                    "How many dumps that stream sends before.")
            .unit("dumps");
    static final Setting<Double> STALL_SECONDS = impair(
                    "stall_seconds", NumberType.decimal("0", "86400"), "1", "How long it is silent.")
            .unit("s");
    static final Setting<Optional<Integer>> CUT_STREAM = impair(
            "cut_stream",
            new OptionalType<>(NumberType.integer(0, 65535)),
            "",
            "The stream, counted from 0, that ends in the middle of a heap: half of the packets of its next heap, and nothing"
                    + " after that, no end of the stream either.");
    static final Setting<Long> CUT_AFTER = impair(
                    "cut_after",
                    NumberType.longInteger(0, Long.MAX_VALUE),
                    "1",
                    "How many dumps that stream sends before.")
            .unit("dumps");

    static final SettingGroup GROUP = new SettingGroup(
            NAME,
            "What emu-send does wrong on purpose, to see what a receiver makes of it; nothing unless set. docs/impairments.md says which"
                    + " count of emu-recv each of them moves, and what the log has.",
            List.of(
                    SEED,
                    LOG,
                    SPARED_DUMPS,
                    DROP_HEAPS,
                    DUPLICATE_HEAPS,
                    DUPLICATE_DISTANCE,
                    REORDER_HEAPS,
                    REORDER_DISTANCE,
                    LATE_HEAPS,
                    LATE_DISTANCE,
                    CORRUPT_TIMESTAMPS,
                    CORRUPT_CHANNEL_IDS,
                    CORRUPT_BASELINE_COUNTS,
                    CORRUPT_SCAN_IDS,
                    DROP_PACKETS,
                    DUPLICATE_PACKETS,
                    REORDER_PACKETS,
                    REORDER_PACKETS_DISTANCE,
                    CORRUPT_PACKETS,
                    STALL_STREAM,
                    STALL_AFTER,
                    STALL_SECONDS,
                    CUT_STREAM,
                    CUT_AFTER));

    /** What is done to whole heaps: at most one of them to each. */
    static final List<Setting<Double>> OF_HEAPS = List.of(
            DROP_HEAPS,
            DUPLICATE_HEAPS,
            REORDER_HEAPS,
            LATE_HEAPS,
            CORRUPT_TIMESTAMPS,
            CORRUPT_CHANNEL_IDS,
            CORRUPT_BASELINE_COUNTS,
            CORRUPT_SCAN_IDS);

    /** What is done to packets: at most one of them to each. */
    static final List<Setting<Double>> OF_PACKETS =
            List.of(DROP_PACKETS, DUPLICATE_PACKETS, REORDER_PACKETS, CORRUPT_PACKETS);

    /** Whether anything is to be done to whole heaps. */
    public boolean concernsHeaps() {
        return dropHeaps + duplicateHeaps + reorderHeaps + lateHeaps > 0
                || corruptTimestamps + corruptChannelIds + corruptBaselineCounts + corruptScanIds > 0;
    }

    /** Whether anything is to be done to packets. */
    public boolean concernsPackets() {
        return dropPackets + duplicatePackets + reorderPackets + corruptPackets > 0;
    }

    /** Whether anything is to be done at all. */
    public boolean isOn() {
        return concernsHeaps() || concernsPackets() || stallStream.isPresent() || cutStream.isPresent();
    }

    static ImpairSettings from(SettingValues values) {
        return new ImpairSettings(
                values.get(SEED),
                values.get(LOG),
                values.get(SPARED_DUMPS),
                values.get(DROP_HEAPS),
                values.get(DUPLICATE_HEAPS),
                values.get(DUPLICATE_DISTANCE),
                values.get(REORDER_HEAPS),
                values.get(REORDER_DISTANCE),
                values.get(LATE_HEAPS),
                values.get(LATE_DISTANCE),
                values.get(CORRUPT_TIMESTAMPS),
                values.get(CORRUPT_CHANNEL_IDS),
                values.get(CORRUPT_BASELINE_COUNTS),
                values.get(CORRUPT_SCAN_IDS),
                values.get(DROP_PACKETS),
                values.get(DUPLICATE_PACKETS),
                values.get(REORDER_PACKETS),
                values.get(REORDER_PACKETS_DISTANCE),
                values.get(CORRUPT_PACKETS),
                values.getInt(STALL_STREAM),
                values.get(STALL_AFTER),
                SettingValues.nanos(values.get(STALL_SECONDS)),
                values.getInt(CUT_STREAM),
                values.get(CUT_AFTER));
    }

    private static Setting<Double> fraction(String key, String text) {
        return impair(key, NumberType.decimal("0", "1"), "0", text);
    }

    private static <T> Setting<T> impair(String key, SettingType<T> type, String defaultText, String text) {
        return Setting.of(NAME, key, type, defaultText).text(text).onlyFor(Program.SEND);
    }
}
