package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.WirePacket;

/** Once warm, receiving whole heaps allocates nothing: neither a packet nor a heap. */
class SteadyStateTest {
    private static final int PACKETS_PER_HEAP = 8;
    private static final int PAYLOAD_BYTES = 1000;
    private static final int HEAPS = 20_000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAllocateNothing(boolean allowOutOfOrder) {
        List<byte[]> packets = packets();
        ByteBuffer block = ByteBuffer.allocateDirect(2048);
        ReceiveConfig config =
                ReceiveConfig.builder().allowOutOfOrder(allowOutOfOrder).build();
        HeapSink sink = new HeapSink() {
            @Override
            public void heap(Heap heap) {
                heap.close();
            }
        };
        BufferPool pool = new BufferPool(1 << 20);
        PacketIntake intake = new PacketIntake(config, pool, sink, FaultListener.NONE, System::nanoTime);
        receive(intake, block, packets, HEAPS);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        receive(intake, block, packets, HEAPS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(intake.stats().get(StreamStat.HEAPS)).isEqualTo(2L * HEAPS);
        // A heap object or a buffer's wrapper for each heap would be a hundred times as much.
        assertThat(allocated).isLessThan(HEAPS / 2);
        assertThat(pool.heldBytes()).isEqualTo(PACKETS_PER_HEAP * 1024);
    }

    private static void receive(PacketIntake intake, ByteBuffer block, List<byte[]> packets, int heaps) {
        for (int i = 0; i < heaps; i++) {
            for (int p = 0; p < packets.size(); p++) {
                byte[] packet = packets.get(p);
                block.put(0, packet);
                intake.datagram(block, 0, packet.length, "test");
            }
            intake.endBatch(packets.size());
        }
    }

    private static List<byte[]> packets() {
        List<byte[]> packets = new ArrayList<>();
        long heapBytes = PACKETS_PER_HEAP * PAYLOAD_BYTES;
        for (int i = 0; i < PACKETS_PER_HEAP; i++) {
            WirePacket packet = WirePacket.of(48, 1, heapBytes, (long) i * PAYLOAD_BYTES, new byte[PAYLOAD_BYTES]);
            for (int item = 0; item < 11; item++) {
                packet.immediate(0x6000 + item, item);
            }
            packets.add(packet.addressed(0x600B, 0).bytes());
        }
        return packets;
    }
}
