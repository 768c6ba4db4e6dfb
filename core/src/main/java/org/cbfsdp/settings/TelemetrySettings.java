package org.cbfsdp.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a program says of itself while it runs. Immutable.
 *
 * @param port of the HTTP endpoint; 0 for any that is free, none when there is to be no endpoint
 * @param bindHost address on which it listens
 * @param reportIntervalNanos between reports on standard error; 0 = none
 * @param eventLog file that gets the events, if there is to be one
 */
public record TelemetrySettings(OptionalInt port, String bindHost, long reportIntervalNanos, Optional<Path> eventLog) {
    static final Setting<Optional<Integer>> PORT = telemetry(
            "port",
            new OptionalType<>(NumberType.integer(0, 65535)),
            "",
            "Port of the HTTP endpoint: metrics, sensors, status and the live page. 0 takes any free one and says which.");
    static final Setting<String> BIND = telemetry(
            "bind",
            TextType.host(),
            "127.0.0.1",
            "Address on which the endpoint listens. It asks nobody who he is: beyond this machine, see to a firewall.");
    static final Setting<Double> REPORT_INTERVAL = telemetry(
                    "report_interval",
                    NumberType.decimal("0", "31536000"),
                    "0",
                    "Time between reports of progress on standard error; 0 reports only at the end.")
            .unit("s");
    static final Setting<Optional<Path>> EVENT_LOG = telemetry(
            "event_log",
            new OptionalType<>(TextType.path()),
            "",
            "File to which events are appended, one JSON object a line: states, queue sizes, sensors.");

    static final SettingGroup GROUP = new SettingGroup(
            "telemetry",
            "What a program says of itself while it runs.",
            List.of(PORT, BIND, REPORT_INTERVAL, EVENT_LOG));

    static TelemetrySettings from(SettingValues values) {
        return new TelemetrySettings(
                values.getInt(PORT),
                values.get(BIND),
                SettingValues.nanos(values.get(REPORT_INTERVAL)),
                values.get(EVENT_LOG));
    }

    private static <T> Setting<T> telemetry(String key, SettingType<T> type, String defaultText, String text) {
        return Setting.of("telemetry", key, type, defaultText).text(text);
    }
}
