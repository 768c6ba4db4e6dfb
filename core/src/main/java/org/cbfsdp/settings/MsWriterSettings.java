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
 */
public record MsWriterSettings(
        boolean overwrite,
        long flushIntervalNanos,
        FlagFromFd flagFromFd,
        boolean weightSpectrum,
        int tileBytes,
        Optional<String> telescopeName) {

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

    static final SettingGroup GROUP = new SettingGroup(
            "mswriter",
            "How the consumer mswriter writes the Measurement Set.",
            List.of(OVERWRITE, FLUSH_INTERVAL, FLAG_FROM_FD, WEIGHT_SPECTRUM, TILE_BYTES, TELESCOPE_NAME));

    static MsWriterSettings from(SettingValues values) {
        return new MsWriterSettings(
                values.get(OVERWRITE),
                SettingValues.nanos(values.get(FLUSH_INTERVAL)),
                values.get(FLAG_FROM_FD),
                values.get(WEIGHT_SPECTRUM),
                values.get(TILE_BYTES),
                values.get(TELESCOPE_NAME));
    }

    private static <T> Setting<T> msWriter(String key, SettingType<T> type, String defaultText, String text) {
        return Setting.of("mswriter", key, type, defaultText).text(text).onlyFor(Program.RECV);
    }
}
