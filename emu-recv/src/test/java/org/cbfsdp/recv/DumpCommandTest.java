package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is dumped of the reference vectors is what the reference receiver had, in the same words. */
@Timeout(60)
class DumpCommandTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("project.root"), "spead-java/src/test/resources/vectors");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final Map<String, String> OPTIONS = Map.of(
            "allow_out_of_order", "--allow-out-of-order",
            "stop_on_stop_item", "--stop-on-stop-item",
            "allow_unsized_heaps", "--allow-unsized-heaps");

    @TempDir
    private Path directory;

    static Stream<Arguments> results() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (JsonNode entry : JSON.readTree(VECTORS.resolve("index.json").toFile())) {
            String name = entry.get("name").asText();
            JsonNode vector = JSON.readTree(VECTORS.resolve(name + ".json").toFile());
            vector.path("results")
                    .path("datagram")
                    .fieldNames()
                    .forEachRemaining(config -> all.add(Arguments.of(name, config)));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("results")
    void shouldPrintWhatTheReferenceReceiverHad(String name, String config) throws Exception {
        JsonNode vector = JSON.readTree(VECTORS.resolve(name + ".json").toFile());
        JsonNode expected = vector.get("results").get("datagram").get(config);
        List<String> arguments = new ArrayList<>(List.of("--json", "--incomplete"));
        vector.get("configs").get(config).properties().forEach(option -> {
            arguments.add(OPTIONS.get(option.getKey()));
            if (!option.getKey().equals("allow_out_of_order")) {
                arguments.add(option.getValue().asText());
            }
        });
        arguments.add(capture(name, vector));

        List<String> lines = dump(arguments).lines().toList();

        List<JsonNode> heaps = new ArrayList<>();
        for (String line : lines.subList(0, lines.size() - 1)) {
            heaps.add(withoutTexts(JSON.readTree(line)));
        }
        List<JsonNode> wanted = new ArrayList<>();
        expected.get("heaps").forEach(heap -> wanted.add(withoutTexts(heap)));
        if (name.startsWith("d_zero_size")) {
            // The reference receiver fails on its own sender's items of no bytes; here they are empty.
            heaps.forEach(DumpCommandTest::withoutItems);
            wanted.forEach(DumpCommandTest::withoutItems);
        }
        assertThat(heaps).containsExactlyElementsOf(wanted);
        JsonNode stats = JSON.readTree(lines.get(lines.size() - 1)).get("stats");
        expected.get("stats")
                .properties()
                .forEach(stat ->
                        assertThat(stats.get(stat.getKey())).as(stat.getKey()).isEqualTo(stat.getValue()));
    }

    @Test
    void shouldCoverEveryFamily() throws IOException {
        assertThat(results().map(arguments -> ((String) arguments.get()[0]).charAt(0)))
                .contains('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j');
    }

    @Test
    void shouldPrintItemsOfNoBytesAsEmpty() throws Exception {
        JsonNode vector =
                JSON.readTree(VECTORS.resolve("d_zero_size_64_48.json").toFile());
        String text = dump(List.of("--json", capture("d_zero_size_64_48", vector)));
        JsonNode heap = JSON.readTree(text.lines().toList().get(0));
        assertThat(heap.get("items").findValuesAsText("name"))
                .containsExactly("np_f4_0", "np_u1_0", "np_u2_0", "np_f4_3x0", "fmt_u32_0", "filler");
        assertThat(heap.get("items").get(3).get("value").toString()).isEqualTo("[[],[],[]]");
    }

    @Test
    void shouldPrintWhateverAStreamHolds() throws Exception {
        int seed = 31;
        Random random = new Random(seed);
        for (String name : List.of("d_types_64_48", "d_types_64_40", "j_pointers_over_packets_desc")) {
            JsonNode vector = JSON.readTree(VECTORS.resolve(name + ".json").toFile());
            List<byte[]> packets = new ArrayList<>();
            for (int round = 0; round < 150; round++) {
                for (byte[] packet : packets(name, vector)) {
                    for (int i = 0; i < 4; i++) {
                        // Beyond the packet's header, so that most packets are heaps still.
                        packet[40 + random.nextInt(packet.length - 40)] = (byte) random.nextInt(128);
                    }
                    packets.add(packet);
                }
            }
            Path file = directory.resolve("damaged.pcap");
            TestCapture.write(file, 41_000, packets);
            String text = dump(List.of("--json", "--incomplete", "--stop-on-stop-item", "false", file.toString()));
            for (String line : text.lines().toList()) {
                assertThat(JSON.readTree(line).isObject()).as("seed %d", seed).isTrue();
            }
            assertThat(text.lines().count()).isGreaterThan(50);
            assertThat(dump(List.of("--descriptors", "--stop-on-stop-item", "false", file.toString())))
                    .contains("\nReceived ");
        }
    }

    @Test
    void shouldPrintForPeople() throws Exception {
        JsonNode vector = JSON.readTree(VECTORS.resolve("d_types_64_48.json").toFile());
        String text = dump(List.of("--descriptors", capture("d_types_64_48", vector)));
        assertThat(text)
                .contains("heap 1, SPEAD-64-48, ")
                .contains("\n  item 0x2006 np_>i2, 12 bytes: <i2(2, 3) [38, 7, 43, 23, 29, 56]\n")
                .contains("\n  item 0x2045 fmt_str_fixed, 6 bytes, immediate 0x68656c6c6f: \"hello\"\n")
                .contains(
                        "\n  descriptor 0x2000 np_i1: {'descr': '|i1', 'fortran_order': False, 'shape': (2, 3)}, d np_i1")
                .contains("\nReceived 1 heaps\nheaps: 1\n");
    }

    @Test
    void shouldLeaveOutHeapsWithGapsUnlessAsked() throws Exception {
        JsonNode vector = JSON.readTree(VECTORS.resolve("g_missing_middle.json").toFile());
        String capture = capture("g_missing_middle", vector);
        assertThat(dump(List.of(capture))).doesNotContain("incomplete: ");
        assertThat(dump(List.of("--incomplete", capture))).contains("heap 2, SPEAD-64-48, incomplete: ");
    }

    @Test
    void shouldReceiveByUdpUntilStopped() throws Exception {
        StringWriter text = new StringWriter();
        List<Runnable> stop = new ArrayList<>();
        int port = RunningReception.freePorts(1);
        byte[] stream = Files.readAllBytes(VECTORS.resolve("a_icd_64_48.bin"));
        DumpCommand command = new DumpCommand();
        new CommandLine(command).parseArgs("--stop-on-stop-item", "false", "[127.0.0.1]:" + port);
        Writing out = new Writing(text, () -> stop.get(0).run());
        command.run(new PrintWriter(out), dump -> {
            stop.add(dump::stop);
            send(Arrays.copyOf(stream, 57), port);
        });
        assertThat(text.toString()).startsWith("heap 1, SPEAD-64-48").contains("\npackets: 1\n");
    }

    /** Runs something as soon as a heap has been printed. */
    private static final class Writing extends Writer {
        private final StringWriter text;
        private final Runnable then;
        private boolean done;

        Writing(StringWriter text, Runnable then) {
            this.text = text;
            this.then = then;
        }

        @Override
        public void write(char[] characters, int offset, int length) {
            text.write(characters, offset, length);
            if (!done) {
                done = true;
                then.run();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void shouldRefuseWhatCannotBeDumped() throws IOException {
        Path file = Files.writeString(directory.resolve("notes.txt"), "no capture");
        assertThat(refusal(file.toString()))
                .isEqualTo("emu-recv: " + file + " is neither a pcap nor a pcapng capture file");
        assertThat(refusal("no.pcap")).isEqualTo("emu-recv: there is no capture file no.pcap");
        assertThat(refusal("host:70000")).isEqualTo("emu-recv: host:70000 has no port from 1 to 65535");
        assertThat(refusal("--bug-compat", "8", "x"))
                .isEqualTo(
                        "emu-recv dump: unknown bits in bug compatibility 8, known are 1, 2 and 4; see emu-recv dump --help");
        assertThat(refusal("--max-heaps", "0", "x"))
                .startsWith("emu-recv dump: --max-heaps must be from 1 to ")
                .endsWith(", not 0; see emu-recv dump --help");
        assertThat(refusal("--interface", "lo", "127.0.0.1:4000"))
                .isEqualTo("emu-recv dump: --interface lo is for multicast groups, and no SOURCE is the address of one;"
                        + " see emu-recv dump --help");
        assertThat(refusal("--interface", "nosuch0", "239.102.3.5:4000"))
                .isEqualTo("emu-recv: there is no network interface called nosuch0");
    }

    @Test
    void shouldReceiveAGroupOnTheInterfaceNamed() throws Exception {
        StringWriter text = new StringWriter();
        List<Runnable> stop = new ArrayList<>();
        int port = RunningReception.freePorts(1);
        byte[] stream = Files.readAllBytes(VECTORS.resolve("a_icd_64_48.bin"));
        DumpCommand command = new DumpCommand();
        new CommandLine(command).parseArgs("--stop-on-stop-item", "false", "--interface", "lo", "239.102.3.5:" + port);
        Writing out = new Writing(text, () -> stop.get(0).run());
        command.run(new PrintWriter(out), dump -> {
            stop.add(dump::stop);
            sendToGroup(Arrays.copyOf(stream, 57), "239.102.3.5", port);
        });
        assertThat(text.toString()).startsWith("heap 1, SPEAD-64-48");
    }

    @Test
    void shouldNotBeginWhenStoppedBefore() throws Exception {
        StringWriter text = new StringWriter();
        DumpCommand command = new DumpCommand();
        new CommandLine(command).parseArgs("127.0.0.1:" + RunningReception.freePorts(1));
        command.stop();
        command.run(new PrintWriter(text), dump -> {});
        assertThat(text.toString()).startsWith("Received 0 heaps\n");
    }

    private static void sendToGroup(byte[] packet, String group, int port) {
        try (MulticastSocket socket = new MulticastSocket()) {
            socket.setNetworkInterface(NetworkInterface.getByName("lo"));
            socket.send(new DatagramPacket(packet, packet.length, InetAddress.getByName(group), port));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--json", "--descriptors"})
    void shouldFailWhenItsOutputHasNoRoom(String form) throws Exception {
        JsonNode vector = JSON.readTree(VECTORS.resolve("d_types_64_48.json").toFile());
        StringWriter errors = new StringWriter();
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            assertThat(run(full, errors, form, capture("d_types_64_48", vector)))
                    .isEqualTo(ExitCode.FAILED);
        }
        assertThat(errors.toString().lines())
                .containsExactly("emu-recv dump: standard output cannot be written: No space left on device");
    }

    @Test
    void shouldTellWhatACutCaptureLacks() throws Exception {
        JsonNode vector = JSON.readTree(VECTORS.resolve("d_types_64_48.json").toFile());
        Path cut = Path.of(capture("d_types_64_48", vector));
        byte[] whole = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(whole, whole.length - 1));
        StringWriter errors = new StringWriter();
        assertThat(run(new ByteArrayOutputStream(), errors, cut.toString())).isEqualTo(ExitCode.DATA_LOST);
        int packets = packets("d_types_64_48", vector).size() - 1;
        assertThat(errors.toString().lines())
                .containsExactly(
                        "emu-recv dump: capture " + cut + ": " + packets
                                + " packets taken; left out: 1 cut off by the end of the file",
                        "emu-recv dump: capture " + cut + " is cut off amid a packet, after " + packets
                                + " that were taken");
    }

    private static int run(OutputStream out, StringWriter errors, String... arguments) throws Exception {
        DumpCommand command = new DumpCommand();
        CommandLine line = new CommandLine(command);
        line.setErr(new PrintWriter(errors, true));
        line.parseArgs(arguments);
        return command.run(out, dump -> {});
    }

    private static String refusal(String... arguments) {
        CommandLine program = EmuRecv.commandLine();
        StringWriter errors = new StringWriter();
        program.setErr(new PrintWriter(errors));
        List<String> all = new ArrayList<>(List.of("dump"));
        all.addAll(List.of(arguments));
        assertThat(program.execute(all.toArray(String[]::new))).isEqualTo(ExitCode.UNUSABLE);
        return errors.toString().trim();
    }

    private String capture(String name, JsonNode vector) throws IOException {
        Path file = directory.resolve(name + ".pcap");
        TestCapture.write(file, 41_000, packets(name, vector));
        return file.toString();
    }

    private static List<byte[]> packets(String name, JsonNode vector) throws IOException {
        byte[] stream = Files.readAllBytes(VECTORS.resolve(name + ".bin"));
        List<byte[]> packets = new ArrayList<>();
        for (JsonNode packet : vector.get("packets")) {
            int offset = packet.get(0).asInt();
            packets.add(
                    Arrays.copyOfRange(stream, offset, offset + packet.get(1).asInt()));
        }
        return packets;
    }

    private static String dump(List<String> arguments) throws IOException, InterruptedException {
        DumpCommand command = new DumpCommand();
        new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
        StringWriter text = new StringWriter();
        command.run(new PrintWriter(text), dump -> {});
        return text.toString();
    }

    /** That there is an error must agree; its words are each receiver's own. */
    private static JsonNode withoutTexts(JsonNode heap) {
        for (String key : List.of("update_error", "error", "descriptor_error")) {
            heap.findParents(key).forEach(parent -> {
                assertThat(parent.get(key).asText()).isNotEmpty();
                ((ObjectNode) parent).put(key, "");
            });
        }
        return heap;
    }

    private static void withoutItems(JsonNode heap) {
        ((ObjectNode) heap).remove(List.of("items", "update_error", "items_one_by_one"));
    }

    private static void send(byte[] packet, int port) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
