package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spead.WirePacket;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/** Once warm, heaps go from a source on one thread through a ring to a consumer on another, and neither allocates. */
@Timeout(60)
class HandOverAllocationTest {
    private static final int HEAPS = 200_000;
    private static final int PACKETS_PER_HEAP = 4;
    private static final int PAYLOAD_BYTES = 500;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final BufferPool pool = new BufferPool(1 << 20);
    private final Measured source = new Measured();
    private long itemsSeen;

    /** Gives heaps of several packets, items and a descriptor for ever, and looks what its own thread allocates meanwhile. */
    private static final class Measured implements PacketSource {
        private volatile long allocated;
        private boolean warm;
        private long before;
        private int given;

        @Override
        public PacketBatch newBatch() {
            List<byte[]> packets = packetsOfHeap();
            PacketBatch batch = new PacketBatch(1 << 16, packets.size());
            for (byte[] packet : packets) {
                int offset = batch.end();
                batch.buffer().put(offset, packet);
                batch.add(offset, packet.length);
            }
            return batch;
        }

        @Override
        public int receive(PacketBatch batch, long timeoutNanos) {
            if (given == HEAPS && !warm) {
                warm = true;
                before = THREADS.getCurrentThreadAllocatedBytes();
            }
            if (given == 2 * HEAPS) {
                allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
                return END;
            }
            given++;
            return batch.count();
        }

        @Override
        public String describe() {
            return "the same heap for ever";
        }

        @Override
        public void close() {}
    }

    private static List<byte[]> packetsOfHeap() {
        byte[] descriptor = WirePacket.of(48, 1, 4, 0, new byte[] {'n', 'a', 'm', 'e'})
                .immediate(0x14, 0x6000)
                .addressed(0x10, 0)
                .bytes();
        long heapBytes = PACKETS_PER_HEAP * PAYLOAD_BYTES;
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < PACKETS_PER_HEAP; i++) {
            byte[] payload = new byte[PAYLOAD_BYTES];
            if (i == 0) {
                System.arraycopy(descriptor, 0, payload, 0, descriptor.length);
            }
            packets.add(WirePacket.of(48, 1, heapBytes, (long) i * PAYLOAD_BYTES, payload)
                    .addressed(5, 0)
                    .immediate(0x6000, 3)
                    .immediate(0x6001, 4)
                    .addressed(0x600A, descriptor.length)
                    .bytes());
        }
        return packets;
    }

    @ParameterizedTest
    @EnumSource(
            value = OverflowPolicy.class,
            names = {"PAUSE", "BLOCK"})
    void shouldAllocateNothingOnEitherThread(OverflowPolicy policy) throws InterruptedException {
        HeapRing ring = new HeapRing(4, policy);
        ReceiveConfig config = ReceiveConfig.defaults();
        ReceiveStream stream = new ReceiveStream(config, List.of(source), ring, pool);
        AtomicReference<Throwable> fault = new AtomicReference<>();
        try (AgentRunner runner = new AgentRunner(
                        "recv-0", List.of(stream), new IdleStrategy(1, 1), (agent, e) -> fault.set(e))
                .start()) {
            consume(ring, HEAPS);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            consume(ring, HEAPS);
            long consumed = THREADS.getCurrentThreadAllocatedBytes() - before;
            runner.join();

            assertThat(fault.get()).isNull();
            assertThat(itemsSeen).isEqualTo(2L * HEAPS * 4);
            // An object a heap is at least 16 bytes; what is allowed here covers what the machine does now and then.
            assertThat(consumed).as("bytes of the consumer").isLessThan(HEAPS);
            assertThat(source.allocated).as("bytes of the receive thread").isLessThan(HEAPS);
        }
        assertThat(pool.lentBytes()).isZero();
    }

    private void consume(HeapRing ring, int heaps) throws InterruptedException {
        for (int i = 0; i < heaps; i++) {
            try (Heap heap = ring.take(TimeUnit.SECONDS.toNanos(20))) {
                for (int item = 0; item < heap.itemCount(); item++) {
                    itemsSeen += heap.isImmediate(item) ? 1 : Math.min(1, heap.itemLength(item));
                }
            }
        }
    }
}
