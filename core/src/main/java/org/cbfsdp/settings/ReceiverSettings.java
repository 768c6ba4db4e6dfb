package org.cbfsdp.settings;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that is set for emu-recv. Immutable.
 *
 * @param sampleClock what the timestamps of katgpucbf count; present with {@code payload.method = katgpucbf}
 * @param startChannel first channel that the sender reads
 * @param channelCount channels that the sender reads; 0 = to the last one
 * @param consumerOptions for each section {@code [consumer.NAME]}, by NAME: its keys in lower case and its values as written,
 *     those of {@code [DEFAULT]} included
 */
public record ReceiverSettings(
        ReceptionSettings reception,
        StreamDivision streams,
        PayloadSettings payload,
        Optional<SampleClockSettings> sampleClock,
        MsWriterSettings msWriter,
        TelemetrySettings telemetry,
        int startChannel,
        int channelCount,
        Map<String, Map<String, String>> consumerOptions) {

    public ReceiverSettings {
        consumerOptions = consumerOptions.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, group -> Map.copyOf(group.getValue())));
    }

    /** The options of one consumer; empty when it has no section. */
    public Map<String, String> optionsOf(String consumer) {
        return consumerOptions.getOrDefault(consumer, Map.of());
    }

    static ReceiverSettings from(SettingValues values, Map<String, Map<String, String>> consumerOptions) {
        return new ReceiverSettings(
                ReceptionSettings.from(values),
                StreamDivision.from(values),
                PayloadSettings.from(values),
                SampleClockSettings.from(values),
                MsWriterSettings.from(values),
                TelemetrySettings.from(values),
                values.get(ReaderSettings.START_CHAN),
                values.get(ReaderSettings.NUM_CHAN),
                consumerOptions);
    }
}
