package org.spead.recv.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.WirePacket;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.StatMode;
import org.spead.transport.PacketBatch;
import org.spead.transport.memory.MemoryLink;

/** Once warm, receiving into chunks allocates nothing: neither a packet, a heap nor a chunk. */
class ChunkSteadyStateTest {
    private static final int HEAPS = 20_000;
    private static final int CHUNK_HEAPS = 4;
    private static final int PACKETS = 4;
    private static final int PAYLOAD_BYTES = 500;
    private static final int HEAP_BYTES = PACKETS * PAYLOAD_BYTES;

    private final MemoryLink link = new MemoryLink("link", 8);
    private final ChunkRings rings = new ChunkRings(new ChunkRing(4), new ChunkRing(4), OverflowPolicy.BLOCK);
    private final PacketBatch[] packets = new PacketBatch[PACKETS];
    private long heapNumber;
    private long deliveredHeaps;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAllocateNothing(boolean allowOutOfOrder) throws IOException {
        for (int i = 0; i < PACKETS; i++) {
            packets[i] = packet(i);
        }
        for (int i = 0; i < 4; i++) {
            rings.addFreeChunk(new Chunk(CHUNK_HEAPS * HEAP_BYTES, CHUNK_HEAPS));
        }
        // The heap's number in the packet is its place in the sequence.
        ChunkConfig config = ChunkConfig.builder(heap -> {
                    long number = heap.item(0);
                    long index = number % CHUNK_HEAPS;
                    heap.place(number / CHUNK_HEAPS, index, index * HEAP_BYTES);
                    heap.record(0, 1);
                })
                .items(1)
                .addStat("test.heaps", StatMode.COUNTER)
                .build();
        ChunkReceiveStream stream = ChunkReceiveStream.alone(
                TestHeaps.receive(0).allowOutOfOrder(allowOutOfOrder).build(),
                config,
                List.of(link.source()),
                rings,
                rings);
        receive(stream, HEAPS);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        receive(stream, HEAPS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(deliveredHeaps).isEqualTo(2L * HEAPS - 2 * CHUNK_HEAPS);
        assertThat(stream.stats().get("test.heaps")).isEqualTo(2 * HEAPS);
        // An object for each heap would be a hundred times as much.
        assertThat(allocated).isLessThan(HEAPS / 2);
    }

    private void receive(ChunkReceiveStream stream, int heaps) throws IOException {
        for (int i = 0; i < heaps; i++) {
            for (PacketBatch packet : packets) {
                // The value of the first item pointer, the number of the heap.
                packet.buffer().putLong(8, packet.buffer().getLong(8) >>> 48 << 48 | heapNumber);
                link.sink().send(packet, 0);
            }
            heapNumber++;
            stream.doWork();
            Chunk chunk = rings.dataRing().poll();
            if (chunk != null) {
                deliveredHeaps += chunk.presentHeaps();
                chunk.recycle();
            }
        }
    }

    private static PacketBatch packet(int index) {
        byte[] bytes = WirePacket.of(48, 0, HEAP_BYTES, (long) index * PAYLOAD_BYTES, new byte[PAYLOAD_BYTES])
                .bytes();
        PacketBatch batch = new PacketBatch(bytes.length, 1);
        batch.buffer().put(0, bytes);
        batch.add(0, bytes.length);
        return batch;
    }
}
