package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.settings.SenderSettings;
import org.cbfsdp.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the kernel lets the threads of a transmission run. */
@Timeout(60)
class AffinityTest {
    private final double[] times = {5e9, 5e9 + 1, 5e9 + 2, 5e9 + 3};

    @Test
    void shouldDealTheProcessorsToTheThreadsInTurn() {
        List<Integer> processors = List.of(4, -1, 7);
        assertThat(Affinity.ofThread(0, processors)).containsExactly(new Affinity(4));
        assertThat(Affinity.ofThread(1, processors)).as("anywhere").isEmpty();
        assertThat(Affinity.ofThread(3, processors)).containsExactly(new Affinity(4));
        assertThat(Affinity.ofThread(5, List.of())).isEmpty();
    }

    @Test
    void shouldBindTheSendingThreadsAndSendAllTheSame() throws Exception {
        String anywhere = allowed(Path.of("/proc/self/status"));
        String first = anywhere.split("[,-]", 2)[0];
        try (DatagramSocket one = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket two = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket three = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                FakeSource source = new FakeSource(times, 1, 3, new ChannelRange(0, 4), 9, 10, 11, 12)) {
            SenderSettings settings = new SettingsLoader()
                    .measurementSet(Path.of("none.ms"))
                    .option("transmission.num_streams=3")
                    .option("transmission.sender_threads=3")
                    .option("transmission.affinity=" + first + ",8191,-1")
                    .option("transmission.time_interval=1")
                    .option("transmission.warm_up=0")
                    .option("transmission.endpoints=127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d"
                            .formatted(one.getLocalPort(), two.getLocalPort(), three.getLocalPort()))
                    .loadSender();
            try (SenderTelemetry telemetry = new SenderTelemetry(settings.telemetry())) {
                Transmission transmission = Transmission.toNetwork(settings, telemetry);
                CompletableFuture<TransmissionSummary> summary = new CompletableFuture<>();
                Thread sending = new Thread(
                        () -> {
                            try {
                                summary.complete(transmission.run(source));
                            } catch (Exception e) {
                                summary.completeExceptionally(e);
                            }
                        },
                        "sending");
                sending.start();
                Map<String, String> found = threads();
                while (!first.equals(found.get("send-0")) || !found.containsKey("send-2")) {
                    assertThat(summary).isNotDone();
                    found = threads();
                }
                assertThat(found)
                        .containsEntry("send-1", anywhere)
                        .containsEntry("send-2", anywhere)
                        .containsEntry("sending", anywhere);
                transmission.stop();
                assertThat(summary.get().failedHeaps()).isZero();
                sending.join();
            }
        }
    }

    private static Map<String, String> threads() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                try {
                    found.put(Files.readString(task.resolve("comm")).strip(), allowed(task.resolve("status")));
                } catch (IOException e) {
                    // It has ended meanwhile.
                }
            }
        }
        return found;
    }

    private static String allowed(Path status) throws IOException {
        String name = "Cpus_allowed_list:";
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow();
    }
}
