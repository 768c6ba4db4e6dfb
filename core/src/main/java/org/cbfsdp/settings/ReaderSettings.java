package org.cbfsdp.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is read of the Measurement Set, or made up in its place, and how often it is sent. Immutable.
 *
 * @param measurementSet the set to send, unless there is a shape
 * @param synthetic the shape of data that are made up, if they are
 * @param startChannel first channel read; whether the set has it is found out by whoever opens the set
 * @param channelCount channels read, 0 = to the last
 * @param dumpCount dumps read, 0 = all
 * @param repeatCount how often everything is sent, at least 1
 * @param column the column with the visibilities
 * @param dataDescId the DATA_DESC_ID that is read, if one was chosen
 * @param fieldId the FIELD_ID that is read, if one was chosen
 * @param cacheBytes most that the heaps of a repeated sequence may take, to be laid out only once
 */
public record ReaderSettings(
        Optional<Path> measurementSet,
        Optional<SyntheticShape> synthetic,
        int startChannel,
        int channelCount,
        int dumpCount,
        int repeatCount,
        RepeatMode repeatMode,
        String column,
        OptionalInt dataDescId,
        OptionalInt fieldId,
        long cacheBytes) {

    /** What is repeated when {@code repeatCount} is above 1. */
    public enum RepeatMode {
        /** The whole time sequence, again and again, with time advancing. */
        SEQUENCE,
        /** Each dump, several times in a row, with the same timestamp. */
        DUMP
    }

    static final Setting<Optional<Path>> MEASUREMENT_SET = reader(
            "measurement_set",
            new OptionalType<>(TextType.path()),
            "",
            "The Measurement Set to send. Usually given as the argument of emu-send, which goes before the file.");
    static final Setting<Optional<SyntheticShape>> SYNTHETIC = reader(
            "synthetic",
            new OptionalType<>(SyntheticShape.TYPE),
            "",
            "Sends made-up data of this shape in place of a Measurement Set, four polarisations and autocorrelations"
                    + " included, a dump a second: amplitudes grow with time and channel, phases tell baselines and"
                    + " polarisations apart. STATIONSxCHANNELSxDUMPS.");
    static final Setting<Integer> START_CHAN = shared(
                    "start_chan",
                    NumberType.integer(0, Integer.MAX_VALUE),
                    "0",
                    "First channel read. At or past the last channel of the set is an error.")
            .unit("channels");
    static final Setting<Integer> NUM_CHAN = shared(
                    "num_chan",
                    NumberType.integer(0, Integer.MAX_VALUE),
                    "0",
                    "Channels read; 0 reads to the last one. More than the set has is cut down, with a warning.")
            .unit("channels");
    static final Setting<Integer> NUM_TIMESTAMPS = reader(
                    "num_timestamps", NumberType.integer(0, Integer.MAX_VALUE), "0", "Dumps read; 0 reads all of them.")
            .unit("dumps");
    static final Setting<Integer> NUM_REPEATS =
            reader("num_repeats", NumberType.integer(1, Integer.MAX_VALUE), "1", "How often the data are sent.");
    static final Setting<RepeatMode> REPEAT_MODE = reader(
            "repeat_mode",
            ChoiceType.of(RepeatMode.class),
            "sequence",
            "With num_repeats above 1: sequence sends the whole time sequence again, with time advancing; dump sends"
                    + " each dump several times in a row with the same timestamp, as the original emulator did.");
    static final Setting<String> COLUMN = reader(
            "column",
            TextType.text(),
            "DATA",
            "The column with the visibilities: DATA, CORRECTED_DATA, MODEL_DATA or any complex array column.");
    static final Setting<Optional<Integer>> DATA_DESC_ID = reader(
            "data_desc_id",
            new OptionalType<>(NumberType.integer(0, Integer.MAX_VALUE)),
            "",
            "Reads only the rows with this DATA_DESC_ID. Needed for a set with several spectral windows.");
    static final Setting<Optional<Integer>> FIELD_ID = reader(
            "field_id",
            new OptionalType<>(NumberType.integer(0, Integer.MAX_VALUE)),
            "",
            "Reads only the rows with this FIELD_ID. Needed for a set with several fields.");
    static final Setting<Long> CACHE_SIZE = reader(
                    "cache_size",
                    NumberType.longInteger(0, Long.MAX_VALUE),
                    "268435456",
                    "With num_repeats above 1 and repeat_mode = sequence: when the heaps of all dumps fit this, they are"
                            + " read and laid out once, and kept. 0 keeps none.")
            .unit("bytes");

    static final SettingGroup GROUP = new SettingGroup(
            "reader",
            "What is read of the Measurement Set, and how often it is sent.",
            List.of(
                    MEASUREMENT_SET,
                    SYNTHETIC,
                    START_CHAN,
                    NUM_CHAN,
                    NUM_TIMESTAMPS,
                    NUM_REPEATS,
                    REPEAT_MODE,
                    COLUMN,
                    DATA_DESC_ID,
                    FIELD_ID,
                    CACHE_SIZE));

    static ReaderSettings from(SettingValues values) {
        return new ReaderSettings(
                values.get(MEASUREMENT_SET),
                values.get(SYNTHETIC),
                values.get(START_CHAN),
                values.get(NUM_CHAN),
                values.get(NUM_TIMESTAMPS),
                values.get(NUM_REPEATS),
                values.get(REPEAT_MODE),
                values.get(COLUMN),
                values.getInt(DATA_DESC_ID),
                values.getInt(FIELD_ID),
                values.get(CACHE_SIZE));
    }

    private static <T> Setting<T> reader(String key, SettingType<T> type, String defaultText, String text) {
        return shared(key, type, defaultText, text).onlyFor(Program.SEND);
    }

    /** The receiver heeds which channels are sent, to know how many streams come. */
    private static <T> Setting<T> shared(String key, SettingType<T> type, String defaultText, String text) {
        return Setting.of("reader", key, type, defaultText).text(text);
    }
}
