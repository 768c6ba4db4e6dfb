package org.cbfsdp.settings;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.cbfsdp.settings.PayloadSettings.Method;

/**
 * What time the samples have that katgpucbf counts. Immutable.
 *
 * @param syncUnixSeconds when sample 0 was taken, exactly as it was written
 * @param samplesPerSecond rate of the digitisers
 * @param samplesPerDump distance from one dump to the next
 */
public record SampleClockSettings(BigDecimal syncUnixSeconds, long samplesPerSecond, long samplesPerDump) {
    private static final String ONLY = " For method katgpucbf, which needs it.";
    private static final long MOST_SAMPLES = 1L << 46;

    static final Setting<Optional<BigDecimal>> SYNC_TIME = payload(
                    "sync_time",
                    NumberType.exact("0", "4294967295"),
                    "UNIX time of sample 0, from which timestamps count." + ONLY)
            .unit("s");
    static final Setting<Optional<Long>> ADC_SAMPLE_RATE = payload(
                    "adc_sample_rate",
                    NumberType.longInteger(1, MOST_SAMPLES),
                    "Samples a second of the digitisers." + ONLY)
            .unit("Hz");
    static final Setting<Optional<Long>> DUMP_SAMPLES = payload(
                    "dump_samples",
                    NumberType.longInteger(1, MOST_SAMPLES),
                    "Samples from one dump to the next: those between two spectra times the spectra of a dump. A timestamp"
                            + " is that of a dump's first sample; the dump's time is in its middle." + ONLY)
            .unit("samples");

    /** Present when the layout of the heaps is katgpucbf's. */
    static Optional<SampleClockSettings> from(SettingValues values) {
        return values.get(PayloadSettings.METHOD) == Method.KATGPUCBF
                ? Optional.of(new SampleClockSettings(
                        values.get(SYNC_TIME).orElseThrow(),
                        values.get(ADC_SAMPLE_RATE).orElseThrow(),
                        values.get(DUMP_SAMPLES).orElseThrow()))
                : Optional.empty();
    }

    /** Demands all three where they are needed. */
    static void check(SettingValues values, BiConsumer<Setting<?>, String> faults) {
        if (values.hasAll(PayloadSettings.METHOD) && values.get(PayloadSettings.METHOD) == Method.KATGPUCBF) {
            require(values, SYNC_TIME, faults);
            require(values, ADC_SAMPLE_RATE, faults);
            require(values, DUMP_SAMPLES, faults);
        }
    }

    private static <T> void require(
            SettingValues values, Setting<Optional<T>> setting, BiConsumer<Setting<?>, String> faults) {
        if (values.hasAll(setting) && values.get(setting).isEmpty()) {
            faults.accept(
                    setting,
                    "is not set, and does not travel with the data; give it as the correlator has it, or "
                            + PayloadSettings.METHOD + " = icd");
        }
    }

    private static <T> Setting<Optional<T>> payload(String key, SettingType<T> type, String text) {
        return Setting.of("payload", key, new OptionalType<>(type), "")
                .text(text)
                .onlyFor(Program.RECV);
    }
}
