package org.cbfsdp.recv;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.cbfsdp.recv.dump.DumpSource;
import org.cbfsdp.recv.dump.HeapDump;
import org.cbfsdp.recv.dump.HeapPrinter;
import org.cbfsdp.recv.dump.JsonHeapPrinter;
import org.cbfsdp.recv.dump.TextHeapPrinter;
import org.spead.agent.ShutdownSignal;
import org.spead.item.BugCompat;
import org.spead.recv.ReceiveConfig;
import org.spead.transport.PacketSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
        exitCodeList = {"0:all streams have ended, or were stopped", "2:a source cannot be used"})
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

    @Override
    public Integer call() throws IOException, InterruptedException {
        run(spec.commandLine().getOut(), dump -> ShutdownSignal.onFirst(dump::stop, EmuRecv::halt));
        return ExitCode.OK;
    }

    /** Dumps all sources to {@code out}; {@code beforeStart} is given what can be stopped. */
    void run(PrintWriter out, Consumer<HeapDump> beforeStart) throws IOException, InterruptedException {
        ReceiveConfig config = ReceiveConfig.builder()
                .maxHeaps(maxHeaps)
                .substreams(substreams)
                .allowOutOfOrder(allowOutOfOrder)
                .allowUnsizedHeaps(allowUnsizedHeaps)
                .stopOnStopItem(stopOnStopItem)
                .bugCompat(new BugCompat(bugCompat))
                .receiveTimeoutNanos(0)
                .build();
        HeapPrinter printer = json ? new JsonHeapPrinter(out) : new TextHeapPrinter(out, descriptors);
        List<PacketSource> opened = new ArrayList<>();
        try {
            for (String source : sources) {
                opened.add(new DumpSource(source).open());
            }
            HeapDump dump = new HeapDump(config, opened, printer, incomplete);
            beforeStart.accept(dump);
            dump.run();
        } finally {
            for (PacketSource source : opened) {
                source.close();
            }
        }
    }
}
