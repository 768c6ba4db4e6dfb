package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the kernel lets the threads of a reception run. */
@Timeout(60)
class AffinityTest {
    private static final int STREAMS = 3;
    private final int port = RunningReception.freePorts(STREAMS);

    @Test
    void shouldDealTheProcessorsToTheThreadsInTurn() {
        List<Integer> processors = List.of(4, -1, 7);
        assertThat(Affinity.ofThread(0, processors)).containsExactly(new Affinity(4));
        assertThat(Affinity.ofThread(1, processors)).as("anywhere").isEmpty();
        assertThat(Affinity.ofThread(2, processors)).containsExactly(new Affinity(7));
        assertThat(Affinity.ofThread(3, processors)).containsExactly(new Affinity(4));
        assertThat(Affinity.ofThread(5, List.of())).isEmpty();
    }

    @Test
    void shouldBindTheReceiveThreadsAndNoOthers() throws Exception {
        String anywhere = allowed(Path.of("/proc/self/status"));
        String first = anywhere.split("[,-]", 2)[0];
        RunningReception reception = start("receiver_threads=3", "affinity=" + first + ",-1");
        Map<String, String> found = threads();
        // They bind themselves when they start to run; if they never do, the test's time runs out.
        while (!first.equals(found.get("recv-0")) || !first.equals(found.get("recv-2"))) {
            found = threads();
        }
        assertThat(found)
                .containsEntry("recv-1", anywhere)
                .containsEntry("router", anywhere)
                .containsEntry("consumer-null", anywhere);
        assertThatItReceives(reception);
    }

    @Test
    void shouldReceiveAllTheSameWhenTheProcessorCannotBeHad() throws Exception {
        assertThatItReceives(start("affinity=8191"));
    }

    private RunningReception start(String... options) throws Exception {
        String[] all = Arrays.copyOf(options, options.length + 2);
        all[options.length] = "num_ports=" + STREAMS;
        all[options.length + 1] = "consumer=null";
        return RunningReception.start(port, all);
    }

    private void assertThatItReceives(RunningReception reception) throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, RunningReception.LOOPBACK)) {
            for (int stream = 0; stream < STREAMS; stream++) {
                List<byte[]> packets = new ArrayList<>(new WireHeap(1, Models.ticks(0), 2 * stream).packets());
                packets.add(WireHeap.stop(2));
                for (byte[] packet : packets) {
                    socket.send(new DatagramPacket(packet, packet.length, RunningReception.LOOPBACK, port + stream));
                }
            }
        }
        ReceptionReport report = reception.report();
        assertThat(report.hasLost()).as(report.render()).isFalse();
        assertThat(report.dumps().complete()).isEqualTo(1);
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
