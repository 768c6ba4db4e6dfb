package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.recv.ReceptionReport.Ending;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a whole reception ends, over real sockets on the loopback interface. */
@Timeout(60)
class ReceptionEndTest {
    /** The common pool has a single thread on a machine of two processors, and a reception occupies it. */
    private static final Executor OWN_THREAD = task -> {
        Thread thread = new Thread(task, "test");
        thread.setDaemon(true);
        thread.start();
    };

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void shouldEndWhenOneStreamHasEndedAndTheEndOfTheOtherIsLost() throws Exception {
        int port = RunningReception.freePorts(2);
        TellingConsumer.DUMPS.drainPermits();
        Running running = start(port, "end_scan_max_delay=0.2", "consumer=" + TellingConsumer.class.getName());
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            for (int stream = 0; stream < 2; stream++) {
                for (byte[] packet : heap(stream, 0).packets()) {
                    socket.send(new DatagramPacket(packet, packet.length, LOOPBACK, port + stream));
                }
            }
            // The delay counts from the end of the first stream; everything else has come by then.
            assertThat(TellingConsumer.DUMPS.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            byte[] stop = WireHeap.stop(2);
            socket.send(new DatagramPacket(stop, stop.length, LOOPBACK, port));
        }
        ReceptionReport report = running.report.get(30, TimeUnit.SECONDS);
        assertThat(report.ending()).isEqualTo(Ending.NO_END);
        assertThat(report.hasLost()).isTrue();
        assertThat(report.dumps().complete()).isEqualTo(1);
        assertThat(report.render())
                .contains("stream 1 (port " + (port + 1) + "): its end-of-stream heap never came")
                .endsWith("; the end of a stream never came (reception.end_scan_max_delay)");
    }

    @Test
    void shouldLoseNothingOverTcpWhenOneStreamIsHeldUp() throws Exception {
        int port = RunningReception.freePorts(2);
        int dumps = 500;
        Running running = start(port, "transport_protocol=tcp", "window_dumps=2", "ring_heaps=2", "memory=1048576");
        try (Socket ahead = new Socket(LOOPBACK, port);
                Socket stalled = new Socket(LOOPBACK, port + 1)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(ahead, 0, dumps), OWN_THREAD);
            sendAll(stalled, 1, 0, dumps / 2);
            // The other one is far ahead by now, or waits.
            sendAll(stalled, 1, dumps / 2, dumps);
            stalled.getOutputStream().write(WireHeap.stop(dumps + 1));
            sending.get(30, TimeUnit.SECONDS);
            ahead.getOutputStream().write(WireHeap.stop(dumps + 1));
            ReceptionReport report = running.report.get(30, TimeUnit.SECONDS);
            assertThat(report.ending()).isEqualTo(Ending.END_OF_STREAM);
            assertThat(report.dumps().complete()).isEqualTo(dumps);
            assertThat(report.dumps().delivered()).isEqualTo(dumps);
            assertThat(report.streams()).allMatch(stream -> stream.get(StreamCounter.MISSING_HEAPS) == 0);
        }
    }

    /** A heap has 120 KiB, the memory holds eight, and a consumer takes them far more slowly than they come. */
    @Test
    void shouldLoseNothingOverTcpWhenAConsumerIsSlowAndMemoryHoldsAFewHeaps() throws Exception {
        int port = RunningReception.freePorts(2);
        int dumps = 100;
        Running running = start(
                port,
                "transport_protocol=tcp",
                "num_ports=1",
                "memory=1048576",
                "consumer=" + SlowConsumer.class.getName());
        try (Socket socket = new Socket(LOOPBACK, port)) {
            OutputStream out = socket.getOutputStream();
            for (int dump = 0; dump < dumps; dump++) {
                WireHeap heap = heap(0, dump);
                heap.baselines = 1770;
                for (byte[] packet : heap.packets()) {
                    out.write(packet);
                }
            }
            out.write(WireHeap.stop(dumps + 1));
            ReceptionReport report = running.report.get(30, TimeUnit.SECONDS);
            assertThat(report.ending()).isEqualTo(Ending.END_OF_STREAM);
            assertThat(report.hasLost()).as(report.render()).isFalse();
            assertThat(report.dumps().delivered()).isEqualTo(dumps);
        }
    }

    /** Tells of each dump. */
    public static final class TellingConsumer implements Consumer {
        static final Semaphore DUMPS = new Semaphore(0);

        @Override
        public void start(ConsumerContext context) {}

        @Override
        public void consume(VisibilityDump dump, boolean endOfBatch) {
            DUMPS.release();
        }

        @Override
        public void close() {}
    }

    /** Takes its time with each dump. */
    public static final class SlowConsumer implements Consumer {
        private static final long DUMP_NANOS = 5_000_000;

        @Override
        public void start(ConsumerContext context) {}

        @Override
        public void consume(VisibilityDump dump, boolean endOfBatch) {
            LockSupport.parkNanos(DUMP_NANOS);
        }

        @Override
        public void close() {}
    }

    private static void sendAll(Socket socket, int stream, int dumps) {
        try {
            sendAll(socket, stream, 0, dumps);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sendAll(Socket socket, int stream, int from, int to) throws IOException {
        OutputStream out = socket.getOutputStream();
        for (int dump = from; dump < to; dump++) {
            for (byte[] packet : heap(stream, dump).packets()) {
                out.write(packet);
            }
        }
    }

    private static WireHeap heap(int stream, int dump) {
        return new WireHeap(1L + dump, Models.ticks(dump), 2 * stream);
    }

    private record Running(CompletableFuture<ReceptionReport> report) {}

    private static Running start(int port, String... options) throws Exception {
        SettingsLoader loader = new SettingsLoader()
                .option("reception.receiver_port_start=" + port)
                .option("reception.bind_hostname=127.0.0.1")
                .option("reception.num_ports=2")
                .option("reception.consumer=null")
                .option("reception.consumer_overflow=block");
        List.of(options).forEach(option -> loader.option("reception." + option));
        ReceiverSettings settings = loader.loadReceiver();
        CompletableFuture<String> ready = new CompletableFuture<>();
        CompletableFuture<ReceptionReport> report = CompletableFuture.supplyAsync(
                () -> {
                    try (ReceiverTelemetry telemetry = new ReceiverTelemetry(settings.telemetry())) {
                        return new Reception(settings, ready::complete, telemetry).run();
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        ready.completeExceptionally(e);
                        throw new IllegalStateException(e);
                    }
                },
                OWN_THREAD);
        ready.get(30, TimeUnit.SECONDS);
        return new Running(report);
    }
}
