package org.spead.recv.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.spead.WirePacket;
import org.spead.recv.ReceiveConfig;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/** Heaps for tests: item 0x1000 is the chunk, 0x1001 the heap's index in it, and each payload byte says where it belongs. */
final class TestHeaps {
    static final int CHUNK_ITEM = 0x1000;
    static final int INDEX_ITEM = 0x1001;
    static final int HEAP_BYTES = 24;
    static final int CHUNK_HEAPS = 4;

    private TestHeaps() {}

    /** Places heaps by their two items, and leaves all others without a place. */
    static void place(HeapPlace heap) {
        if (heap.heapLength() == HEAP_BYTES && heap.item(0) >= 0 && heap.item(1) >= 0) {
            heap.place(heap.item(0), heap.item(1), heap.item(1) * HEAP_BYTES);
        }
    }

    static ChunkConfig.Builder config() {
        return ChunkConfig.builder(TestHeaps::place).items(CHUNK_ITEM, INDEX_ITEM);
    }

    static ReceiveConfig.Builder receive(int streamId) {
        return ReceiveConfig.builder().streamId(streamId).receiveTimeoutNanos(0).maxHeaps(16);
    }

    static Chunk chunk() {
        return new Chunk(CHUNK_HEAPS * HEAP_BYTES, CHUNK_HEAPS);
    }

    static long cnt(long chunk, int index) {
        return 1 + (chunk & 0xFFFFFFFFL) * CHUNK_HEAPS + index;
    }

    static byte value(long chunk, int index, int offset) {
        return (byte) (chunk * 89 + index * 29L + offset + 1);
    }

    /** Bytes {@code from} to before {@code to} of a heap. */
    static byte[] payload(long chunk, int index, int from, int to) {
        byte[] bytes = new byte[to - from];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = value(chunk, index, from + i);
        }
        return bytes;
    }

    /** A heap in one packet. */
    static WirePacket heap(long chunk, int index) {
        return part(chunk, index, 0, HEAP_BYTES);
    }

    /** A packet of a heap; the items are in each. */
    static WirePacket part(long chunk, int index, int from, int to) {
        return WirePacket.of(48, cnt(chunk, index), HEAP_BYTES, from, payload(chunk, index, from, to))
                .immediate(CHUNK_ITEM, chunk)
                .immediate(INDEX_ITEM, index);
    }

    static List<WirePacket> heaps(long chunk) {
        List<WirePacket> heaps = new ArrayList<>();
        for (int index = 0; index < CHUNK_HEAPS; index++) {
            heaps.add(heap(chunk, index));
        }
        return heaps;
    }

    static void send(PacketSink to, WirePacket packet) {
        byte[] bytes = packet.bytes();
        PacketBatch batch = new PacketBatch(bytes.length, 1);
        batch.buffer().put(0, bytes);
        batch.add(0, bytes.length);
        try {
            assertThat(to.send(batch, 0)).isEqualTo(1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What a chunk has: its number and, for each heap, {@code 1} when present and {@code 0} when not; bytes are checked. */
    static String text(Chunk chunk) {
        StringBuilder text = new StringBuilder().append(chunk.chunkId()).append(' ');
        for (int index = 0; index < chunk.heapCount(); index++) {
            text.append(chunk.isPresent(index) ? 1 : 0);
            for (int i = 0; chunk.isPresent(index) && i < HEAP_BYTES; i++) {
                assertThat(chunk.data().get(index * HEAP_BYTES + i))
                        .as("byte %d of heap %d of chunk %d", i, index, chunk.chunkId())
                        .isEqualTo(value(chunk.chunkId(), index, i));
            }
        }
        return text.toString();
    }
}
