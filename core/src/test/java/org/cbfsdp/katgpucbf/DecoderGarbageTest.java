package org.cbfsdp.katgpucbf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.List;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.api.Test;
import org.spead.recv.Heap;

/** Once warm, a heap with descriptors and one with data are read without allocating anything. */
class DecoderGarbageTest {
    private static final int ROUNDS = 4_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final XengHeapDecoder decoder = new XengHeapDecoder(
            CorrelatorOrder.of(Baselines.of(new int[] {0, 0, 1}, new int[] {0, 1, 1})),
            new SampleClock(BigDecimal.ONE, 1_712_000_000, 50),
            new ElementMemory(1 << 20, 1 << 18));
    private long readBytes;

    @Test
    void shouldAllocateNothingForAHeap() {
        List<Heap> heaps = new XengHeaps()
                .numpyDescriptor("{'descr': '>i4', 'fortran_order': False, 'shape': (2, 12, 2)}")
                .data(100, 0, false, new int[2 * 12 * 2])
                .received();
        Heap descriptors = heaps.get(0);
        Heap data = heaps.get(1);
        read(descriptors, data);
        long before = threads.getCurrentThreadAllocatedBytes();
        read(descriptors, data);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(readBytes).isEqualTo(2L * ROUNDS * 2 * 3 * 34);
        // An object a heap would be thousands of times as much; what the compiler itself may cause is a few.
        assertThat(allocated).isLessThan(ROUNDS / 4);
        heaps.forEach(Heap::close);
    }

    private void read(Heap descriptors, Heap data) {
        for (int i = 0; i < ROUNDS; i++) {
            decoder.decode(descriptors);
            VisibilityPayload payload = decoder.decode(data);
            readBytes += payload.data().capacity();
            payload.release();
        }
    }
}
