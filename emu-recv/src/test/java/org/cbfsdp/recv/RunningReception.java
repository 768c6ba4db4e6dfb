package org.cbfsdp.recv;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.SettingsLoader;

/** A whole reception on a thread of its own, ready for packets on the loopback interface. */
final class RunningReception {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

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

    /** The first of so many neighbouring ports that were free a moment ago, below those that the system hands out. */
    static int freePorts(int count) {
        for (int port = 28_000; port < 31_000; port += count) {
            int free = 0;
            while (free < count && isFree(port + free)) {
                free++;
            }
            if (free == count) {
                return port;
            }
        }
        throw new AssertionError("no " + count + " neighbouring ports are free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket stream = new ServerSocket(port, 1, LOOPBACK);
                DatagramSocket datagrams = new DatagramSocket(port, LOOPBACK)) {
            return stream.isBound() && datagrams.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
