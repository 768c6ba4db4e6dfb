package org.cbfsdp.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerOptions;
import org.cbfsdp.consumer.PreparingConsumer;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.SpectralWindow;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;
import org.cbfsdp.recv.consumer.mswriter.MsWriterProvider;

/**
 * The consumer mswriter alone: heaps in memory become a set, with all that is between them and the disk. Prints megabytes
 * of visibilities a second and what they cost, in the words of {@code bench/cpp/write_set.cpp}, beside which it is run.
 *
 * <p>Arguments: set to write, set whose metadata are copied, stations, channels, dumps.
 */
public final class WriteSet {
    private static final int[] CORRELATION_TYPES = {9, 10, 11, 12};
    private static final double FIRST_MJD_SECONDS = 5e9;
    private static final long TICKS_PER_SECOND = 1L << 32;
    private static final int WARM_UP_DUMPS = 20;

    private final Path output;
    private final Path metadata;
    private final TelescopeModel model;
    private final HeapView heap;

    private WriteSet(Path output, Path metadata, int stations, int channels, int dumps) {
        this.output = output;
        this.metadata = metadata;
        this.model = model(stations, channels, dumps);
        ElementLayout layout = ElementLayout.standard(CORRELATION_TYPES.length);
        int baselines = model.baselines().count();
        ByteBuffer data = ByteBuffer.allocateDirect(channels * baselines * layout.elementBytes());
        for (int i = 0; i < data.capacity(); i++) {
            data.put(i, (byte) (i % 61 + 1)); // no FD of 0
        }
        this.heap = new HeapView(data, channels, baselines, layout);
    }

    /** Writes once to warm up, once to be measured. */
    public static void main(String[] arguments) throws IOException {
        int dumps = Integer.parseInt(arguments[4]);
        WriteSet writing = new WriteSet(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Math.max(dumps, WARM_UP_DUMPS));
        writing.write(WARM_UP_DUMPS);
        System.out.println(writing.write(dumps));
    }

    private static TelescopeModel model(int stations, int channels, int dumps) {
        int[] antenna1 = IntStream.range(0, stations)
                .flatMap(a -> IntStream.range(a, stations).map(b -> a))
                .toArray();
        int[] antenna2 = IntStream.range(0, stations)
                .flatMap(a -> IntStream.range(a, stations))
                .toArray();
        DumpMetadata[] metadata = new DumpMetadata[dumps];
        for (int i = 0; i < dumps; i++) {
            metadata[i] = new DumpMetadata(i, FIRST_MJD_SECONDS + i, 1, 1, new double[3 * antenna1.length]);
        }
        return new TelescopeModel(
                stations,
                Baselines.of(antenna1, antenna2),
                new SpectralWindow(channels, 1e8, 1e3),
                CORRELATION_TYPES,
                0,
                0,
                metadata);
    }

    /** What the receiver hands to mswriter by default. */
    private Map<String, String> defaults() {
        return Map.of(
                "output", output.toString(),
                "overwrite", "true",
                "flag_from_fd", "true",
                "time_tolerance", "0.01",
                "flush_interval", "10",
                "tile_bytes", "1048576",
                "weight_spectrum", "false",
                "per_scan", "false",
                "max_dumps", "0",
                "command_timeout", "0");
    }

    private VisibilityDump dump(long ticks) {
        return new VisibilityDump(ticks, 1, new VisibilityPayload[] {heap});
    }

    private String write(int dumps) {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        PreparingConsumer consumer = (PreparingConsumer) new MsWriterProvider().create();
        consumer.start(new ConsumerContext(
                Optional.of(model),
                Optional.of(metadata),
                Optional.of(StreamPlan.ofWidth(new ChannelRange(0, model.channelCount()), 0)),
                0,
                new ConsumerOptions("mswriter", defaults())));
        long cpuBefore = process.getProcessCpuTime();
        long begin = System.nanoTime();
        long ticks = PayloadTime.ticksOfMjdSeconds(FIRST_MJD_SECONDS);
        VisibilityDump next = dump(ticks);
        for (int i = 1; i <= dumps; i++) {
            VisibilityDump present = next;
            if (i < dumps) {
                next = dump(ticks + i * TICKS_PER_SECOND);
                consumer.prepare(next); // as the receiver does with a dump that waits
            }
            consumer.consume(present, i == dumps);
        }
        consumer.close();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpuSeconds = (process.getProcessCpuTime() - cpuBefore) / 1e9;
        double bytes = 8.0 * CORRELATION_TYPES.length * heap.channelCount() * heap.baselineCount() * dumps;
        return "%.0f MB/s %.3f CPU s/GB".formatted(bytes / 1e6 / seconds, cpuSeconds / (bytes / 1e9));
    }
}
