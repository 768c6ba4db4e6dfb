package org.cbfsdp.recv;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cbfsdp.ms.DiffOptions;
import org.cbfsdp.ms.DiffReport;
import org.cbfsdp.ms.MeasurementSetDiff;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emu-recv compare A B}: whether two sets hold the same. */
@Command(
        name = "compare",
        description =
                "Compares two Measurement Sets: rows matched by time and baseline, whatever their order; data, flags,"
                        + " UVW and metadata bit for bit.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the sets are equal",
            "1:the sets differ, or what was found could not be written",
            "2:a set cannot be read"
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "What was sent.")
    private Path setA;

    @Parameters(index = "1", paramLabel = "B", description = "What was received.")
    private Path setB;

    @Option(
            names = "--channels",
            paramLabel = "START:COUNT",
            description = "Compares only these channels, which both sets must have.")
    private String channels;

    @Override
    public Integer call() {
        DiffReport report = MeasurementSetDiff.compare(setA, setB, options());
        spec.commandLine().getOut().print(report.render());
        spec.commandLine().getOut().flush();
        return report.isEqual() ? ExitCode.OK : ExitCode.FAILED;
    }

    private DiffOptions options() {
        if (channels == null) {
            return DiffOptions.exact();
        }
        String[] parts = channels.split(":", -1);
        try {
            if (parts.length == 2) {
                return DiffOptions.exact().withChannels(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (IllegalArgumentException e) {
            // told below, like any other form
        }
        throw new ParameterException(
                spec.commandLine(), "--channels " + channels + " is not START:COUNT, two whole numbers such as 4:8");
    }
}
