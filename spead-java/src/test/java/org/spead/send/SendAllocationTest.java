package org.spead.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spead.item.Descriptor;
import org.spead.item.Flavour;
import org.spead.item.FormatField;
import org.spead.item.Shape;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/** Once warm, sending the same heaps again allocates nothing: neither a packet nor a heap. */
class SendAllocationTest {
    private static final int HEAPS = 50_000;
    private static final int PAYLOAD_BYTES = 5000;

    private long nowNanos;
    private long completedBytes;

    /** Takes all packets but, now and then, the last of a batch. */
    private static final class Devouring implements PacketSink {
        private final boolean gathers;
        private long calls;
        private long bytes;
        private long bodyBytes;

        Devouring(boolean gathers) {
            this.gathers = gathers;
        }

        @Override
        public PacketBatch newBatch(int maxPacketBytes) {
            return gathers ? PacketBatch.gathering(2 * maxPacketBytes, 8) : new PacketBatch(8 * maxPacketBytes, 8);
        }

        @Override
        public int send(PacketBatch batch, int first) {
            calls++;
            int end = calls % 5 == 0 ? batch.count() - 1 : batch.count();
            for (int i = first; i < end; i++) {
                bytes += batch.length(i);
                bodyBytes += batch.bodyLength(i) > 0 ? batch.body(i).remaining() : 0;
            }
            return end - first;
        }

        @Override
        public String describe() {
            return "devouring";
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource({"0, false", "100000000, false", "0, true", "100000000, true"})
    void shouldAllocateNothing(long rateBytesPerSecond, boolean gathers) {
        Devouring sink = new Devouring(gathers);
        SendConfig config =
                SendConfig.builder().rateBytesPerSecond(rateBytesPerSecond).build();
        SendStream stream = new SendStream("send-0", config, List.of(sink), () -> nowNanos);
        HeapReference[] heaps = {HeapReference.of(heap()), HeapReference.of(heap()), HeapReference.of(heap())};
        HeapCompletion completion = (heap, bytesSent, error) -> completedBytes += bytesSent;
        send(stream, heaps, completion);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        send(stream, heaps, completion);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(stream.stats().heaps()).isEqualTo(2 * HEAPS);
        assertThat(sink.bodyBytes > 0).isEqualTo(gathers);
        assertThat(completedBytes).isEqualTo(sink.bytes).isGreaterThan(2L * HEAPS * PAYLOAD_BYTES);
        // An object a heap is at least 16 bytes.
        assertThat(allocated).isLessThan(HEAPS);
    }

    private void send(SendStream stream, HeapReference[] heaps, HeapCompletion completion) {
        for (int i = 0; i < HEAPS; i++) {
            boolean offered = stream.offer(heaps[i % heaps.length], completion);
            if (!offered) {
                throw new AssertionError("the queue has room for " + heaps.length + " heaps");
            }
            if (i % heaps.length == heaps.length - 1 || i == HEAPS - 1) {
                drain(stream);
            }
        }
    }

    private void drain(SendStream stream) {
        while (!stream.isDrained()) {
            nowNanos += stream.nanosUntilDue();
            stream.doWork();
        }
    }

    private static SendHeap heap() {
        HeapBuilder builder = new HeapBuilder(Flavour.SPEAD_64_48);
        builder.addDescriptor(
                Descriptor.format(0x6000, "count", "of something", Shape.SCALAR, new FormatField('u', 48)));
        builder.addImmediate(0x6000, 3);
        builder.addImmediate(0x6001, 4);
        builder.addReference(0x600A, ByteBuffer.allocateDirect(PAYLOAD_BYTES));
        return builder.build();
    }
}
