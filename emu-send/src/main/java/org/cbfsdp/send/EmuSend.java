package org.cbfsdp.send;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.cbfsdp.console.StandardOutput;
import org.cbfsdp.jni.NativeException;
import org.cbfsdp.ms.MeasurementSetException;
import org.cbfsdp.settings.Program;
import org.cbfsdp.settings.SenderSettings;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.SettingsHelp;
import org.cbfsdp.settings.SettingsLoader;
import org.cbfsdp.telemetry.status.TelemetryException;
import org.spead.agent.ShutdownSignal;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the sender. */
@Command(
        name = "emu-send",
        description = "Sends the visibilities of a Measurement Set as SPEAD heaps of the CSP-SDP interface.",
        mixinStandardHelpOptions = true,
        versionProvider = EmuSend.Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all was sent",
            "1:something failed, or the transmission was stopped",
            "2:the command line, the settings or the set cannot be used"
        },
        footerHeading = "%n",
        subcommands = {PcapCommand.class, GenerateCompletion.class})
public final class EmuSend implements Callable<Integer> {
    static final int ALL_SENT = 0;
    static final int FAILED = 1;
    private static final int UNUSABLE = 2;
    private static final int HELP_COLUMNS = 100;

    /** What the shell reports for a program that SIGINT ended. */
    private static final int INTERRUPTED = 130;

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

    @Option(
            names = {"-v", "--verbose"},
            description = "Logs what is done in detail.")
    private boolean verbose;

    @Parameters(arity = "0..1", paramLabel = "MEASUREMENT_SET", description = "The set; over reader.measurement_set.")
    private Path measurementSet;

    /** Runs the program and ends the virtual machine with its exit code. */
    public static void main(String[] arguments) {
        System.exit(execute(commandLine(), new FileOutputStream(FileDescriptor.out), arguments));
    }

    /** Runs the program; a summary that nobody can read, as on a full disk, is a failure. */
    static int execute(CommandLine commandLine, OutputStream bytes, String... arguments) {
        return StandardOutput.execute(
                bytes,
                out -> commandLine.setOut(out).execute(arguments),
                sentence -> commandLine.getErr().println("emu-send: " + sentence));
    }

    /** Ends the virtual machine at once, whatever is under way: the answer to a second signal. */
    static void halt() {
        Runtime.getRuntime().halt(INTERRUPTED);
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new EmuSend());
        String help = SettingsHelp.render(Program.SEND, HELP_COLUMNS).replace("%", "%%");
        commandLine.getCommandSpec().usageMessage().footer(help.split("\n", -1));
        commandLine.setUsageHelpWidth(HELP_COLUMNS);
        commandLine.setExecutionExceptionHandler(EmuSend::explain);
        commandLine.setParameterExceptionHandler(EmuSend::refuse);
        commandLine
                .getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(true);
        return commandLine;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (verbose) {
            System.setProperty("cbfsdp.loglevel", "debug");
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
            Transmission transmission = Transmission.toNetwork(settings, telemetry);
            ShutdownSignal.onFirst(transmission::stop, EmuSend::halt);
            summary = transmission.run();
        }
        spec.commandLine().getOut().println(summary.render());
        return summary.isComplete() ? ALL_SENT : FAILED;
    }

    /** One sentence, not the whole help, which would push it off the screen. */
    private static int refuse(CommandLine.ParameterException e, String[] arguments) {
        CommandLine commandLine = e.getCommandLine();
        String program = commandLine.getCommandSpec().qualifiedName();
        commandLine.getErr().println(program + ": " + e.getMessage() + "; see " + program + " --help");
        return UNUSABLE;
    }

    /** One sentence for what a user can mend, a stack trace for what is our own fault. */
    private static int explain(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
        boolean usersOwn = e instanceof SettingsException
                || e instanceof MeasurementSetException
                || e instanceof NativeException
                || e instanceof TelemetryException
                || e instanceof IOException;
        commandLine.getErr().println("emu-send: " + (usersOwn ? e.getMessage() : "internal error: " + e));
        if (!usersOwn) {
            e.printStackTrace(commandLine.getErr());
        }
        return usersOwn && !isUnanswered(e) ? UNUSABLE : FAILED;
    }

    /** A connection that nobody took: the settings may be right, and the receiver not there. */
    private static boolean isUnanswered(Exception e) {
        return e.getCause() instanceof ConnectException || e.getCause() instanceof SocketTimeoutException;
    }

    /** Says which version runs. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = EmuSend.class.getPackage().getImplementationVersion();
            return new String[] {"emu-send " + (version == null ? "(unpacked build)" : version)};
        }
    }
}
