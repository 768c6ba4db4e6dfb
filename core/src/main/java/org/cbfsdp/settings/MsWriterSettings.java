package org.cbfsdp.settings;

import java.util.List;
import java.util.Optional;

/**
 * How the consumer mswriter writes its set. Immutable.
 *
 * @param overwrite whether a set that is already there is replaced
 * @param flushIntervalNanos between flushes to disk; 0 = only at the end of a scan and at close
 * @param weightSpectrum whether the column WEIGHT_SPECTRUM is written
 * @param tileBytes size of a tile of DATA, about
 * @param telescopeName put in place of the data model's, if set
 * @param perScan whether each scan is a set of its own
 * @param maxDumps after how many dumps the next set begins; 0 = never
 * @param command program and arguments that are run on each finished set; empty = none
 * @param commandTimeoutNanos how long a command may run; 0 = however long
 */
public record MsWriterSettings(
        boolean overwrite,
        long flushIntervalNanos,
        FlagFromFd flagFromFd,
        boolean weightSpectrum,
        int tileBytes,
        Optional<String> telescopeName,
        boolean perScan,
        int maxDumps,
        List<String> command,
        long commandTimeoutNanos) {

    public MsWriterSettings {
        command = List.copyOf(command);
    }

    /** Whether data are flagged where the fraction of data, FD, is 0. */
    public enum FlagFromFd {
        ALWAYS,
        /** For senders that leave FD empty. */
        NEVER
    }

    static final Setting<Boolean> OVERWRITE =
            msWriter("overwrite", new BooleanType(), "false", "Whether a set that is already there is replaced.");
    static final Setting<Double> FLUSH_INTERVAL = msWriter(
                    "flush_interval",
                    NumberType.decimal("0", "31536000"),
                    "10",
                    "Time between flushes: what was flushed survives a crash. 0 flushes only at the end of a scan.")
            .unit("s");
    static final Setting<FlagFromFd> FLAG_FROM_FD = msWriter(
            "flag_from_fd",
            ChoiceType.of(FlagFromFd.class),
            "always",
            "always flags data whose fraction of data is 0; never does not, for senders that leave it empty.");
    static final Setting<Boolean> WEIGHT_SPECTRUM =
            msWriter("weight_spectrum", new BooleanType(), "false", "Whether the column WEIGHT_SPECTRUM is written.");
    static final Setting<Integer> TILE_BYTES = msWriter(
                    "tile_bytes",
                    NumberType.integer(1024, 1_073_741_824),
                    "1048576",
                    "Size of a tile of the column DATA, about. Much larger ones are slow.")
            .unit("bytes");
    static final Setting<Optional<String>> TELESCOPE_NAME = msWriter(
            "telescope_name",
            new OptionalType<>(TextType.text()),
            "",
            "TELESCOPE_NAME of the set, in place of the data model's.");
    static final Setting<Boolean> PER_SCAN = msWriter(
            "per_scan",
            new BooleanType(),
            "false",
            "Whether each scan is a set of its own: NAME.scan-ID.ms where reception.outputfilename is NAME.ms, and"
                    + " NAME.scan-ID where it is a NAME without .ms. A scan that comes back, or whose set is there and may not"
                    + " be replaced, takes the next free number: NAME.scan-ID.000002.ms. Sets are made when their scan"
                    + " begins; the consumer fails when a reception has more than 10000 scans.");
    static final Setting<Integer> MAX_DUMPS = msWriter(
                    "max_dumps",
                    NumberType.integer(0, Integer.MAX_VALUE),
                    "0",
                    "A set that has so many dumps is finished, and the next dump begins another: NAME.000001.ms,"
                            + " NAME.000002.ms and so on, with per_scan NAME.scan-ID.000001.ms, each scan counted from 1;"
                            + " 0 = no limit. A set takes a fraction of a second to begin, in which dumps wait in the"
                            + " consumer's queue.")
            .unit("dumps");
    static final Setting<Optional<List<String>>> COMMAND = msWriter(
            "command",
            new OptionalType<>(new CommandType()),
            "",
            "Program that is run on each finished set that has dumps, one at a time, while the next set is written."
                    + " Arguments are parted by blanks; quotes and backslashes work as in a shell, but none is run and nothing"
                    + " is expanded. {ms} in an argument becomes the absolute path of the set, which is the last argument"
                    + " when {ms} is in none. What it prints goes to the log. One that fails makes the exit code 1. The"
                    + " receiver ends when all have run; a second Ctrl-C ends them.");
    static final Setting<Double> COMMAND_TIMEOUT = msWriter(
                    "command_timeout",
                    NumberType.decimal("0", "31536000"),
                    "3600",
                    "A command that runs longer is ended, with all that it has started, and has failed; 0 lets it run"
                            + " however long.")
            .unit("s");

    static final SettingGroup GROUP = new SettingGroup(
            "mswriter",
            "How the consumer mswriter writes the Measurement Set.",
            List.of(
                    OVERWRITE,
                    FLUSH_INTERVAL,
                    FLAG_FROM_FD,
                    WEIGHT_SPECTRUM,
                    TILE_BYTES,
                    TELESCOPE_NAME,
                    PER_SCAN,
                    MAX_DUMPS,
                    COMMAND,
                    COMMAND_TIMEOUT));

    static MsWriterSettings from(SettingValues values) {
        return new MsWriterSettings(
                values.get(OVERWRITE),
                SettingValues.nanos(values.get(FLUSH_INTERVAL)),
                values.get(FLAG_FROM_FD),
                values.get(WEIGHT_SPECTRUM),
                values.get(TILE_BYTES),
                values.get(TELESCOPE_NAME),
                values.get(PER_SCAN),
                values.get(MAX_DUMPS),
                values.get(COMMAND).orElseGet(List::of),
                SettingValues.nanos(values.get(COMMAND_TIMEOUT)));
    }

    private static <T> Setting<T> msWriter(String key, SettingType<T> type, String defaultText, String text) {
        return Setting.of("mswriter", key, type, defaultText).text(text).onlyFor(Program.RECV);
    }
}
