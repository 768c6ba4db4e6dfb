package org.cbfsdp.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.spead.item.Flavour;
import org.spead.packet.HeapPacketizer;
import org.spead.send.HeapBuilder;
import org.spead.send.HeapCompletion;
import org.spead.send.SendConfig;
import org.spead.send.SendHeap;
import org.spead.send.SendStream;

/**
 * A heap of 64 packets with six items into packets: through the packetiser alone, and through a whole {@link SendStream} to a
 * sink that drops them. One operation is one packet.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class SendBenchmark {
    private static final int PACKETS = 64;
    private static final int ITEMS = 6;
    private static final int PREFIX_BYTES = 40 + 8 * ITEMS;

    /** Bytes of payload in a packet. */
    @Param({"1024", "8192"})
    public int payloadBytes;

    private long[] pointers;
    private ByteBuffer[] segments;
    private HeapPacketizer packetizer;
    private ByteBuffer block;
    private SendStream stream;
    private SendHeap heap;

    /** One heap, sent for ever. */
    @Setup
    public void prepare() {
        int packetBytes = PREFIX_BYTES + payloadBytes;
        segments = new ByteBuffer[] {ByteBuffer.allocateDirect(PACKETS * payloadBytes)};
        pointers = new long[ITEMS];
        HeapBuilder builder = new HeapBuilder(Flavour.SPEAD_64_48).repeatPointers(true);
        for (int i = 1; i < ITEMS; i++) {
            builder.addImmediate(0x6000 + i, i);
            pointers[i] = 1L << 63 | (0x6000L + i) << 48 | i;
        }
        builder.addReference(0x600A, segments[0]);
        pointers[0] = 0x600AL << 48;
        heap = builder.build();
        packetizer = new HeapPacketizer(packetBytes);
        block = ByteBuffer.allocateDirect(packetBytes);
        SendConfig config = SendConfig.builder().maxPacketBytes(packetBytes).build();
        stream = new SendStream("packets", config, new KeepingSink(PACKETS));
    }

    /** Packets one after another into the same place. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int packetise() {
        packetizer.begin(Flavour.SPEAD_64_48, 1, pointers, ITEMS, segments, 1, true);
        int bytes = 0;
        while (packetizer.hasNext()) {
            bytes += packetizer.next(block, 0);
        }
        return bytes;
    }

    /** A heap offered, made into packets, handed to the sink and completed. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int send() {
        stream.offer(heap, HeapCompletion.NONE);
        int bytes = 0;
        while (!stream.isDrained()) {
            bytes += stream.doWork();
        }
        return bytes;
    }
}
