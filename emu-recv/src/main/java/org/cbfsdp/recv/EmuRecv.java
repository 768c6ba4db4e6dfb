package org.cbfsdp.recv;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.cbfsdp.console.StandardOutput;
import org.cbfsdp.consumer.ProcessSession;
import org.cbfsdp.settings.Program;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.SettingsHelp;
import org.cbfsdp.settings.SettingsLoader;
import org.spead.agent.ShutdownSignal;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of the receiver. */
@Command(
        name = "emu-recv",
        description = "Receives visibilities as SPEAD heaps of the CSP-SDP interface and hands them to consumers.",
        mixinStandardHelpOptions = true,
        versionProvider = EmuRecv.Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing is missing",
            "1:something failed",
            "2:the command line, the settings or the data model cannot be used",
            "3:data were lost; the report says which"
        },
        footerHeading = "%n",
        subcommands = {CompareCommand.class, DumpCommand.class, GenerateCompletion.class})
public final class EmuRecv implements Callable<Integer> {
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

    /** Runs the program and ends the virtual machine with its exit code. */
    public static void main(String[] arguments) {
        System.exit(execute(commandLine(), new FileOutputStream(FileDescriptor.out), arguments));
    }

    /** Runs the program; a result that nobody can read, as on a full disk, is a failure. */
    static int execute(CommandLine commandLine, OutputStream bytes, String... arguments) {
        return StandardOutput.execute(
                bytes,
                out -> commandLine.setOut(out).execute(arguments),
                sentence -> commandLine.getErr().println("emu-recv: " + sentence));
    }

    /** Ends the virtual machine at once, whatever is under way, and what it has started: the answer to a second signal. */
    static void halt() {
        try {
            ProcessSession.killAllForGood();
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        } finally {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new EmuRecv());
        String help = (consumers() + SettingsHelp.render(Program.RECV, HELP_COLUMNS)).replace("%", "%%");
        commandLine.getCommandSpec().usageMessage().footer(help.split("\n", -1));
        commandLine.setUsageHelpWidth(HELP_COLUMNS);
        commandLine.setExecutionExceptionHandler(EmuRecv::explain);
        commandLine.setParameterExceptionHandler(EmuRecv::refuse);
        commandLine
                .getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(true);
        return commandLine;
    }

    private static String consumers() {
        StringBuilder text = new StringBuilder("Consumers, to be named in reception.consumer:\n");
        new ConsumerCatalog()
                .providers()
                .forEach((name, provider) -> text.append(String.format("  %-12s%s%n", name, provider.description())));
        return text.append("  or the full name of a class on the class path (CBFSDP_CLASSPATH)\n\n")
                .toString();
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
        ReceptionReport report = receive(loader.loadReceiver());
        say(report.render());
        if (report.hasFailed()) {
            return ExitCode.FAILED;
        }
        return report.hasLost() ? ExitCode.DATA_LOST : ExitCode.OK;
    }

    private ReceptionReport receive(ReceiverSettings settings) throws IOException, InterruptedException {
        try (ReceiverTelemetry telemetry = new ReceiverTelemetry(settings.telemetry())) {
            Reception reception = new Reception(settings, this::say, telemetry);
            ShutdownSignal.onFirst(reception::stop, EmuRecv::halt);
            return reception.run();
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }

    /** One sentence, not the whole help, which would push it off the screen. */
    private static int refuse(CommandLine.ParameterException e, String[] arguments) {
        CommandLine commandLine = e.getCommandLine();
        String program = commandLine.getCommandSpec().qualifiedName();
        commandLine.getErr().println(program + ": " + e.getMessage() + "; see " + program + " --help");
        return ExitCode.UNUSABLE;
    }

    /** One sentence for what a user can mend, a stack trace for what is our own fault. */
    static int explain(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
        boolean usersOwn = Explanation.isUsersOwn(e);
        commandLine.getErr().println("emu-recv: " + (usersOwn ? Explanation.plain(e) : "internal error: " + e));
        if (!usersOwn) {
            e.printStackTrace(commandLine.getErr());
        }
        return usersOwn ? ExitCode.UNUSABLE : ExitCode.FAILED;
    }

    /** Says which version runs. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = EmuRecv.class.getPackage().getImplementationVersion();
            return new String[] {"emu-recv " + (version == null ? "(unpacked build)" : version)};
        }
    }
}
