package org.cbfsdp.send;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.cbfsdp.settings.SenderSettings;
import org.cbfsdp.settings.SettingsLoader;
import org.spead.agent.ShutdownSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emu-send pcap FILE}: a transmission into a capture file. */
@Command(
        name = "pcap",
        description =
                "Writes what would be sent into a capture file in place of the network: all streams, each to its port, at"
                        + " the times that transmission.rate and transmission.time_interval imply from the set's first time"
                        + " on. Does not wait for these times, and needs no receiver. Datagrams only:"
                        + " transmission.transport_protocol must be udp.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all was written",
            "1:something failed, or the transmission was stopped",
            "2:the command line, the settings, the set or the file cannot be used"
        })
final class PcapCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Settings file (INI); without one the defaults hold.")
    private Path config;

    @Option(
            names = {"-o", "--option"},
            paramLabel = "GROUP.NAME=VALUE",
            description = "One setting, over what the file says; may be repeated.")
    private List<String> options = List.of();

    @Option(names = "--real-time", description = "Takes as long as sending would.")
    private boolean inRealTime;

    @Parameters(
            index = "0",
            paramLabel = "FILE.pcap",
            description = "The capture, always the first argument; one that is there is replaced.")
    private Path capture;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MEASUREMENT_SET",
            description = "The set; over reader.measurement_set.")
    private Path measurementSet;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (Files.isDirectory(capture)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "FILE.pcap comes first, but " + capture + " is a directory; write FILE.pcap MEASUREMENT_SET");
        }
        SettingsLoader loader = new SettingsLoader();
        if (config != null) {
            loader.file(config);
        }
        options.forEach(loader::option);
        if (measurementSet != null) {
            loader.measurementSet(measurementSet);
        }
        SenderSettings settings = loader.loadSender();
        TransmissionSummary summary;
        try (SenderTelemetry telemetry = new SenderTelemetry(settings.telemetry())) {
            Transmission transmission = Transmission.toCapture(settings, telemetry, capture, inRealTime);
            ShutdownSignal.onFirst(transmission::stop, EmuSend::halt);
            summary = transmission.run();
        }
        spec.commandLine().getOut().println(summary.render());
        return summary.isComplete() ? EmuSend.ALL_SENT : EmuSend.FAILED;
    }
}
