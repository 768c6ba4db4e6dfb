package org.cbfsdp.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
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
import org.spead.recv.BufferPool;
import org.spead.recv.Heap;
import org.spead.recv.HeapRing;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.send.HeapBuilder;
import org.spead.send.SendConfig;
import org.spead.send.SendHeap;
import org.spead.send.SendStream;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/**
 * Packets from memory through a whole {@link ReceiveStream} and its ring. One operation is one packet with six items; packets
 * lie back to back in blocks of 44, as a socket with UDP_GRO gives those of 1472 bytes. {@code plainCopy} copies the same
 * payloads and does nothing else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReceiveBenchmark {
    private static final int BATCH = 44;
    private static final int ITEMS = 6;
    private static final int PREFIX_BYTES = 40 + 8 * ITEMS;

    /** Bytes of payload in a packet: 1384 of 1472 bytes of packet. */
    @Param({"1384", "8192"})
    public int payloadBytes;

    /** Packets in a heap: 1, a block, or 69 blocks, which makes heaps of 4 MiB of the small packets. */
    @Param({"1", "44", "3036"})
    public int heapPackets;

    /** Whether the stream takes packets of a heap in any order. */
    @Param({"false", "true"})
    public boolean outOfOrder;

    private ReceiveStream stream;
    private HeapRing ring;
    private Replay packets;
    private ByteBuffer copy;

    /** Has a heap made into packets, once, and a stream that receives them for ever. */
    @Setup
    public void prepare() throws IOException {
        packets = new Replay(blocks());
        copy = ByteBuffer.allocateDirect(heapPackets * payloadBytes);
        ring = new HeapRing(2 * BATCH, OverflowPolicy.PAUSE);
        ReceiveConfig config = ReceiveConfig.builder()
                .allowOutOfOrder(outOfOrder)
                .receiveTimeoutNanos(0)
                .build();
        stream = new ReceiveStream(config, List.of(packets), ring, new BufferPool(1 << 28));
    }

    /** Packets into heaps, through the ring and back to the pool. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int receive() {
        int result = stream.doWork();
        for (Heap heap = ring.poll(); heap != null; heap = ring.poll()) {
            result += heap.itemCount();
            heap.close();
        }
        return result;
    }

    /** What memory allows. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public ByteBuffer plainCopy() {
        PacketBatch batch = packets.all;
        packets.receive(batch, 0);
        int first = packets.next - BATCH;
        for (int i = 0; i < BATCH; i++) {
            int at = batch.offset(i) + batch.length(i) - payloadBytes;
            copy.put((first + i) % heapPackets * payloadBytes, batch.buffer(), at, payloadBytes);
        }
        return copy;
    }

    /** One heap, or as many as fill a block. */
    private ByteBuffer blocks() throws IOException {
        HeapBuilder builder = new HeapBuilder(Flavour.SPEAD_64_48).repeatPointers(true);
        for (int i = 1; i < ITEMS; i++) {
            builder.addImmediate(0x6000 + i, i);
        }
        builder.addReference(0x600A, ByteBuffer.allocateDirect(heapPackets * payloadBytes));
        SendHeap heap = builder.build();
        SendConfig config =
                SendConfig.builder().maxPacketBytes(PREFIX_BYTES + payloadBytes).build();
        ByteBuffer blocks = ByteBuffer.allocateDirect(Math.max(BATCH, heapPackets) * (PREFIX_BYTES + payloadBytes));
        KeepingSink sink = new KeepingSink(heapPackets);
        SendStream packetizer = new SendStream("packets", config, sink);
        while (blocks.hasRemaining()) {
            packetizer.sendHeap(heap);
            blocks.put(sink.kept().buffer().clear());
        }
        return blocks;
    }

    /** The same packets for ever, a block at a time. */
    private final class Replay implements PacketSource {
        private final PacketBatch all;
        private int next;

        Replay(ByteBuffer blocks) {
            all = new PacketBatch(blocks, BATCH);
        }

        @Override
        public PacketBatch newBatch() {
            return all;
        }

        @Override
        public int receive(PacketBatch batch, long timeoutNanos) {
            int packetBytes = PREFIX_BYTES + payloadBytes;
            next = next * packetBytes < batch.capacityBytes() ? next : 0;
            batch.clear();
            for (int i = 0; i < BATCH; i++) {
                batch.add((next + i) * packetBytes, packetBytes);
            }
            next += BATCH;
            return BATCH;
        }

        @Override
        public String describe() {
            return "replay";
        }

        @Override
        public void close() {}
    }
}
