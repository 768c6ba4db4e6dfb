package org.cbfsdp.recv;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.cbfsdp.console.StandardOutput;
import org.cbfsdp.recv.dump.DumpSource;
import org.cbfsdp.recv.dump.HeapDump;
import org.cbfsdp.recv.dump.HeapPrinter;
import org.cbfsdp.recv.dump.JsonHeapPrinter;
import org.cbfsdp.recv.dump.TextHeapPrinter;
import org.cbfsdp.settings.Endpoint;
import org.spead.agent.ShutdownSignal;
import org.spead.item.BugCompat;
import org.spead.recv.ReceiveConfig;
import org.spead.transport.PacketSource;
import org.spead.transport.pcap.PcapSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emu-recv dump SOURCE...}: what streams hold, heap by heap. */
@Command(
        name = "dump",
        description =
                "Prints the heaps and items of any SPEAD stream, from captures (pcap, pcapng) or received by UDP. Takes no"
                        + " settings and knows nothing of the CSP-SDP interface.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all streams have ended, or were stopped",
            "1:what was found could not be written",
            "2:the command line or a source cannot be used",
            "3:a capture is cut off or damaged"
        })
final class DumpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "A capture file, or [HOST]:PORT to receive at. Each is a stream of its own.")
    private List<String> sources;

    @Option(names = "--json", description = "One JSON object a heap and line, the counters on the last line.")
    private boolean json;

    @Option(names = "--descriptors", description = "Prints descriptors too; --json always does.")
    private boolean descriptors;

    @Option(names = "--incomplete", description = "Prints heaps with gaps too.")
    private boolean incomplete;

    @Option(names = "--allow-out-of-order", description = "Packets of a heap may come in any order.")
    private boolean allowOutOfOrder;

    @Option(
            names = "--max-heaps",
            paramLabel = "N",
            defaultValue = "4",
            description = "Heaps of a substream being assembled at once; ${DEFAULT-VALUE} by default.")
    private int maxHeaps;

    @Option(
            names = "--substreams",
            paramLabel = "N",
            defaultValue = "1",
            description = "Senders that share a stream; ${DEFAULT-VALUE} by default.")
    private int substreams;

    @Option(
            names = "--stop-on-stop-item",
            arity = "1",
            paramLabel = "BOOL",
            defaultValue = "true",
            description = "Whether a heap that says stop ends its stream; ${DEFAULT-VALUE} by default.")
    private boolean stopOnStopItem;

    @Option(
            names = "--allow-unsized-heaps",
            arity = "1",
            paramLabel = "BOOL",
            defaultValue = "true",
            description = "Whether packets may leave out the heap's length; ${DEFAULT-VALUE} by default.")
    private boolean allowUnsizedHeaps;

    @Option(
            names = "--bug-compat",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Old mistakes in descriptors to be read, a sum of bits 1 (widths), 2 (shapes) and 4 (byte order).")
    private int bugCompat;

    @Option(
            names = "--interface",
            paramLabel = "NAME|ADDRESS",
            defaultValue = "",
            description = "Network interface to join multicast groups on; the first that can by default.")
    private String interfaceName;

    private volatile boolean stopRequested;
    private volatile HeapDump running;

    @Override
    public Integer call() throws IOException, InterruptedException {
        // Before sources are opened: who sees the port open may send a signal.
        ShutdownSignal.onFirst(this::stop, EmuRecv::halt);
        return run(new FileOutputStream(FileDescriptor.out), dump -> {});
    }

    /** Ends the dump, or keeps it from beginning. Any thread. */
    void stop() {
        stopRequested = true;
        HeapDump dump = running;
        if (dump != null) {
            dump.stop();
        }
    }

    /** Dumps all sources to a stream of bytes, and says on the error output what is wrong with it or with a capture. */
    int run(OutputStream bytes, Consumer<HeapDump> beforeStart) throws IOException, InterruptedException {
        StandardOutput output = new StandardOutput(bytes);
        PrintWriter out = new PrintWriter(new OutputStreamWriter(output, Charset.defaultCharset()));
        boolean whole = run(out, beforeStart);
        out.flush();
        output.failure().ifPresent(this::complain);
        if (output.failure().isPresent()) {
            return ExitCode.FAILED;
        }
        return whole ? ExitCode.OK : ExitCode.DATA_LOST;
    }

    private void complain(String sentence) {
        spec.commandLine().getErr().println("emu-recv dump: " + sentence);
    }

    /** Dumps all sources to {@code out}; {@code beforeStart} is given what can be stopped. Says whether all captures are whole. */
    boolean run(PrintWriter out, Consumer<HeapDump> beforeStart) throws IOException, InterruptedException {
        ReceiveConfig config = config();
        checkInterface();
        HeapPrinter printer = json ? new JsonHeapPrinter(out) : new TextHeapPrinter(out, descriptors);
        List<PacketSource> opened = new ArrayList<>();
        try {
            for (String source : sources) {
                opened.add(new DumpSource(source).open(interfaceName));
            }
            HeapDump dump = new HeapDump(config, opened, printer, incomplete);
            beforeStart.accept(dump);
            running = dump;
            if (stopRequested) {
                dump.stop();
            }
            dump.run();
            return tellLosses(opened);
        } finally {
            for (PacketSource source : opened) {
                source.close();
            }
        }
    }

    private ReceiveConfig config() {
        try {
            return ReceiveConfig.builder()
                    .maxHeaps(maxHeaps)
                    .substreams(substreams)
                    .allowOutOfOrder(allowOutOfOrder)
                    .allowUnsizedHeaps(allowUnsizedHeaps)
                    .stopOnStopItem(stopOnStopItem)
                    .bugCompat(new BugCompat(bugCompat))
                    .receiveTimeoutNanos(0)
                    .build();
        } catch (IllegalArgumentException e) {
            String named = e.getMessage().replace("maxHeaps", "--max-heaps").replace("substreams", "--substreams");
            throw new ParameterException(spec.commandLine(), named, e);
        }
    }

    private void checkInterface() {
        boolean anyGroup = sources.stream()
                .flatMap(source -> new DumpSource(source).host().stream())
                .anyMatch(host -> new Endpoint(host, 0).isMulticastGroup());
        if (!interfaceName.isEmpty() && !anyGroup) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--interface " + interfaceName + " is for multicast groups, and no SOURCE is the address of one");
        }
    }

    private boolean tellLosses(List<PacketSource> opened) {
        boolean whole = true;
        for (PacketSource source : opened) {
            if (source instanceof PcapSource capture) {
                CaptureLosses losses = new CaptureLosses(capture.describe(), capture.counters());
                losses.leftOut().ifPresent(this::complain);
                losses.damage().ifPresent(this::complain);
                whole &= losses.damage().isEmpty();
            }
        }
        return whole;
    }
}
