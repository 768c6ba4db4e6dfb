package org.cbfsdp.settings;

/** Everything that is set for emu-send. Immutable. */
public record SenderSettings(
        ReaderSettings reader,
        TransmissionSettings transmission,
        ImpairSettings impair,
        PayloadSettings payload,
        TelemetrySettings telemetry) {
    static SenderSettings from(SettingValues values) {
        return new SenderSettings(
                ReaderSettings.from(values),
                TransmissionSettings.from(values),
                ImpairSettings.from(values),
                PayloadSettings.from(values),
                TelemetrySettings.from(values));
    }
}
