package org.cbfsdp.recv;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.SettingsLoader;

/** A whole reception on a thread of its own, ready for packets on the loopback interface. */
final class RunningReception {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 12_000;

    /** Processes whose numbers are neighbours begin far from each other. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(FIRST_PORT + (int) (ProcessHandle.current().pid() * 97 % PORTS));

    private final CompletableFuture<ReceptionReport> report = new CompletableFuture<>();

    private RunningReception() {}

    /** Starts one without practice, and returns when it is ready; options of the section reception. */
    static RunningReception start(int port, String... options) throws InterruptedException, ExecutionException {
        SettingsLoader loader = new SettingsLoader()
                .option("reception.receiver_port_start=" + port)
                .option("reception.bind_hostname=127.0.0.1")
                .option("reception.warm_up=0");
        for (String option : options) {
            loader.option("reception." + option);
        }
        ReceiverSettings settings = loader.loadReceiver();
        RunningReception running = new RunningReception();
        CompletableFuture<String> ready = new CompletableFuture<>();
        Thread thread = new Thread(() -> running.run(settings, ready), "test");
        thread.setDaemon(true);
        thread.start();
        ready.get();
        return running;
    }

    private void run(ReceiverSettings settings, CompletableFuture<String> ready) {
        try (ReceiverTelemetry telemetry = new ReceiverTelemetry(settings.telemetry())) {
            report.complete(new Reception(settings, ready::complete, telemetry).run());
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            ready.completeExceptionally(e);
            report.completeExceptionally(e);
        }
    }

    /** Waits for the end. */
    ReceptionReport report() throws InterruptedException, ExecutionException {
        return report.get();
    }

    /**
     * The first of so many neighbouring ports that were free a moment ago, below those that the system hands out. Each call goes on
     * where the one before ended, and each process begins elsewhere, so that no other takes them before they are used.
     */
    static synchronized int freePorts(int count) {
        for (int tries = 0; tries < PORTS; tries++) {
            if (NEXT_PORT.get() + count > FIRST_PORT + PORTS) {
                NEXT_PORT.set(FIRST_PORT);
            }
            int first = NEXT_PORT.getAndAdd(count);
            if (IntStream.range(first, first + count).allMatch(RunningReception::isFree)) {
                return first;
            }
        }
        throw new AssertionError("no " + count + " neighbouring ports are free");
    }

    /** By UDP and TCP, at every address. */
    static boolean isFree(int port) {
        try (ServerSocket stream = new ServerSocket(port);
                DatagramSocket datagrams = new DatagramSocket(port)) {
            return stream.isBound() && datagrams.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
