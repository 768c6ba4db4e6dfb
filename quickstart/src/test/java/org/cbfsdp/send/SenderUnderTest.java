package org.cbfsdp.send;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.cbfsdp.settings.SenderSettings;
import org.cbfsdp.settings.SettingsLoader;

/** The sender's own transmission in the process of a test that knows the receiver too. */
public final class SenderUnderTest {
    private SenderUnderTest() {}

    /** Writes a capture; returns what the sender says at the end. */
    public static String toCapture(Map<String, String> options, Path set, Path capture)
            throws IOException, InterruptedException {
        SenderSettings settings = settings(options, set);
        try (SenderTelemetry telemetry = new SenderTelemetry(settings.telemetry())) {
            return Transmission.toCapture(settings, telemetry, capture, false)
                    .run()
                    .render();
        }
    }

    /** Sends over the network; returns what the sender says at the end. */
    public static String toNetwork(Map<String, String> options, Path set) throws IOException, InterruptedException {
        SenderSettings settings = settings(options, set);
        try (SenderTelemetry telemetry = new SenderTelemetry(settings.telemetry())) {
            return Transmission.toNetwork(settings, telemetry).run().render();
        }
    }

    private static SenderSettings settings(Map<String, String> options, Path set) {
        SettingsLoader loader = new SettingsLoader().measurementSet(set);
        options.forEach((name, value) -> loader.option(name + "=" + value));
        return loader.loadSender();
    }
}
