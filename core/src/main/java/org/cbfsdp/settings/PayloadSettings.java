package org.cbfsdp.settings;

import java.util.List;

/**
 * What is in a heap. Immutable.
 *
 * @param padPolarisations whether 4 polarisations are sent whatever the set has
 * @param polarisationId header item, unsigned 32 bits
 * @param phaseBinId header item, unsigned 16 bits
 * @param phaseBinCount header item, unsigned 16 bits
 */
public record PayloadSettings(
        Method method,
        boolean padPolarisations,
        FractionOfData fractionOfData,
        ChannelIdBase channelIdBase,
        long polarisationId,
        int phaseBinId,
        int phaseBinCount) {

    /** The layout of the heap. */
    public enum Method {
        /** The interface between correlator and data processor, items 0x6000 to 0x600A. */
        ICD,
        /** Baseline correlation products as MeerKAT's correlator sends them; only received. */
        KATGPUCBF
    }

    /** What the field FD, the fraction of the data that was correlated, is made from. */
    public enum FractionOfData {
        /** The set's flags: 0 where all polarisations are flagged, else 255. */
        FLAGS,
        /** Nothing: always 0. */
        ZERO
    }

    /** What channel identifiers count from. */
    public enum ChannelIdBase {
        /** The first channel of the set. */
        SET,
        /** The first channel that is read. */
        SELECTION
    }

    static final Setting<Method> METHOD = payload(
            "method",
            ChoiceType.of(Method.class),
            "icd",
            "The layout of the heaps: icd is the interface between correlator and data processor, items 0x6000 to"
                    + " 0x600A; katgpucbf, which emu-recv alone takes, the baseline correlation products of MeerKAT's"
                    + " correlator, items 0x1600, 0x4103 and 0x1800.");
    static final Setting<Boolean> PAD_POLARISATIONS = payload(
                    "pad_polarisations",
                    new BooleanType(),
                    "false",
                    "Sends 4 polarisations whatever the set has, the missing ones as zeroes, as the interface says.")
            .onlyFor(Program.SEND);
    static final Setting<FractionOfData> FD = payload(
                    "fd",
                    ChoiceType.of(FractionOfData.class),
                    "flags",
                    "The fraction of data: flags takes it from the set's flags (0 where all polarisations are flagged,"
                            + " else 255); zero sends 0, as the original emulator did.")
            .onlyFor(Program.SEND);
    static final Setting<ChannelIdBase> CHANNEL_ID_BASE = payload(
            "channel_id_base",
            ChoiceType.of(ChannelIdBase.class),
            "set",
            "What channel identifiers count from: set is the first channel of the set; selection is"
                    + " reader.start_chan, as in the original emulator. Sender and receiver must agree.");
    static final Setting<Long> POLARISATION_ID = payload(
                    "polarisation_id",
                    NumberType.identifier(0xFFFF_FFFFL),
                    "0",
                    "Polarisation identifier in every heap.")
            .onlyFor(Program.SEND);
    static final Setting<Integer> PHASE_BIN_ID = payload(
                    "phase_bin_id", NumberType.integer(0, 65535), "0", "Phase bin identifier in every heap.")
            .onlyFor(Program.SEND);
    static final Setting<Integer> PHASE_BIN_COUNT = payload(
                    "phase_bin_count", NumberType.integer(0, 65535), "1", "Number of phase bins in every heap.")
            .onlyFor(Program.SEND);

    static final SettingGroup GROUP = new SettingGroup(
            "payload",
            "What is in a heap.",
            List.of(
                    METHOD,
                    PAD_POLARISATIONS,
                    FD,
                    CHANNEL_ID_BASE,
                    POLARISATION_ID,
                    PHASE_BIN_ID,
                    PHASE_BIN_COUNT,
                    SampleClockSettings.SYNC_TIME,
                    SampleClockSettings.ADC_SAMPLE_RATE,
                    SampleClockSettings.DUMP_SAMPLES));

    static PayloadSettings from(SettingValues values) {
        return new PayloadSettings(
                values.get(METHOD),
                values.get(PAD_POLARISATIONS),
                values.get(FD),
                values.get(CHANNEL_ID_BASE),
                values.get(POLARISATION_ID),
                values.get(PHASE_BIN_ID),
                values.get(PHASE_BIN_COUNT));
    }

    private static <T> Setting<T> payload(String key, SettingType<T> type, String defaultText, String text) {
        return Setting.of("payload", key, type, defaultText).text(text);
    }
}
