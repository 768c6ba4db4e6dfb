package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.payload.VisibilityDump;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A consumer that keeps every dump and gives none back. */
@Timeout(120)
class HoardingConsumerTest {
    private static final int MEMORY_BYTES = 1 << 20;

    /** Batches of the socket and what else the virtual machine keeps outside its heap. */
    private static final long OTHER_BYTES = 1 << 21;

    private static final int HEAPS = 1000;

    /** 120 KiB with two channels. */
    private static final int BASELINES = 1770;

    @Test
    void shouldGoOnInTheMemoryThereIsAndCountWhatFindsNoRoom() throws Exception {
        Hoarder.KEPT.clear();
        int port = RunningReception.freePorts(1);
        long before = directBytesInUse();
        RunningReception reception = RunningReception.start(
                port,
                "transport_protocol=tcp",
                "num_ports=1",
                "memory=" + MEMORY_BYTES,
                "consumer=" + Hoarder.class.getName(),
                "consumer_overflow=block");
        try (Socket socket = new Socket(RunningReception.LOOPBACK, port)) {
            OutputStream out = socket.getOutputStream();
            for (int dump = 0; dump < HEAPS; dump++) {
                WireHeap heap = new WireHeap(1L + dump, Models.ticks(dump), 0);
                heap.baselines = BASELINES;
                for (byte[] packet : heap.packets()) {
                    out.write(packet);
                }
            }
            out.write(WireHeap.stop(HEAPS + 1));
        }
        ReceptionReport report = reception.report();
        long held = directBytes() - before;

        long delivered = report.dumps().delivered();
        assertThat(delivered).isEqualTo(Hoarder.KEPT.size()).isBetween(1L, 8L);
        assertThat(report.streams().get(0).get(StreamCounter.OVERRUN_HEAPS))
                .as(report.render())
                .isEqualTo(HEAPS - delivered);
        assertThat(report.hasLost()).isTrue();
        assertThat(held)
                .as("of %d bytes that came", (long) HEAPS * BASELINES * 68)
                .isLessThan(MEMORY_BYTES + OTHER_BYTES);
        Hoarder.KEPT.forEach(VisibilityDump::release);
    }

    /** Without what others have left to the collector, which would hide as much of what comes. */
    private static long directBytesInUse() throws InterruptedException {
        long before = Long.MAX_VALUE;
        long now = directBytes();
        while (now < before) {
            ReferenceQueue<Object> collected = new ReferenceQueue<>();
            WeakReference<Object> mark = new WeakReference<>(new Object(), collected);
            try {
                do {
                    System.gc();
                } while (collected.remove(100) == null);
            } finally {
                Reference.reachabilityFence(mark);
            }
            before = now;
            now = directBytes();
        }
        return now;
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** Keeps what it is given. */
    public static final class Hoarder implements Consumer {
        /** Read when the reception has ended. */
        static final List<VisibilityDump> KEPT = new ArrayList<>();

        @Override
        public void start(ConsumerContext context) {}

        @Override
        public void consume(VisibilityDump dump, boolean endOfBatch) {
            dump.retain();
            KEPT.add(dump);
        }

        @Override
        public void close() {}
    }
}
