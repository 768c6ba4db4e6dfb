package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.settings.SenderSettings;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.SettingsLoader;
import org.cbfsdp.settings.TelemetrySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.spead.transport.PacketSink;

/** What the log of impairments says of a transmission that never began, or that was given up. */
@Timeout(60)
class AbandonedTransmissionTest {
    private static final SenderTelemetry SILENT =
            new SenderTelemetry(new TelemetrySettings(OptionalInt.empty(), "", 0, Optional.empty()));
    private static final String OLD = "what another transmission did\n";

    @TempDir
    private Path directory;

    private static FakeSource source() {
        return source(8);
    }

    private static FakeSource source(int channels) {
        double[] times = IntStream.range(0, 10).mapToDouble(i -> 5e9 + i).toArray();
        return new FakeSource(times, 1, 10, new ChannelRange(0, channels), 9, 10, 11, 12);
    }

    private static SenderSettings settings(Path log, String... options) {
        SettingsLoader loader = new SettingsLoader().measurementSet(Path.of("none.ms"));
        loader.option("transmission.num_streams=2");
        loader.option("transmission.impair.log=" + log);
        for (String option : options) {
            loader.option("transmission." + option);
        }
        return loader.loadSender();
    }

    /** Every packet is held back until the end of its stream, which the medium never lets go. */
    @Test
    void shouldCompleteTheLogBehindTheMediumAndTellWhatWasHeldBack() throws Exception {
        Path log = directory.resolve("log");
        Path capture = directory.resolve("sent.pcap");
        SenderSettings settings = settings(
                log, "max_packet_size=9000", "impair.reorder_packets=1", "impair.reorder_packets_distance=1000");
        List<String> loggedWhenClosed = new ArrayList<>(List.of("not closed"));
        Transmission transmission = new Transmission(
                settings,
                SILENT,
                stopped -> failing(new CaptureMedium(settings.transmission(), capture, false), () -> {
                    loggedWhenClosed.clear();
                    loggedWhenClosed.addAll(Files.readAllLines(log));
                }));
        assertThatIllegalStateException()
                .isThrownBy(() -> transmission.run(source()))
                .withMessage("cannot drain");
        assertThat(loggedWhenClosed).noneMatch(line -> line.contains("summary"));
        List<String> lines = Files.readAllLines(log);
        List<String> heldBack = heaps(lines, "reorder_packet");
        assertThat(heldBack).hasSizeGreaterThan(4);
        assertThat(heaps(lines, "never_sent")).containsExactlyInAnyOrderElementsOf(heldBack);
        assertThat(lines).last().asString().contains("summary").contains("\"never_sent\":" + heldBack.size());
    }

    /** A heap of more packets than a sink alters at once has passed in part, so that not even its copy is whole. */
    @Test
    void shouldTellTheHeapThatWasBeingCopied() throws Exception {
        Path log = directory.resolve("log");
        SenderSettings settings = settings(
                log, "num_streams=1", "max_packet_size=256", "impair.spared_dumps=0", "impair.duplicate_heaps=1");
        AtomicReference<Transmission> transmission = new AtomicReference<>();
        transmission.set(new Transmission(
                settings,
                SILENT,
                stopped -> failing(
                        stuck(
                                new CaptureMedium(settings.transmission(), directory.resolve("sent.pcap"), false),
                                () -> transmission.get().stop()),
                        () -> {})));
        assertThatIllegalStateException().isThrownBy(() -> transmission.get().run(source(128)));
        List<String> lines = Files.readAllLines(log);
        assertThat(heaps(lines, "duplicate_heap")).hasSize(1);
        assertThat(heaps(lines, "never_sent")).isEqualTo(heaps(lines, "duplicate_heap"));
    }

    private static List<String> heaps(List<String> lines, String what) {
        return lines.stream()
                .filter(line -> line.startsWith("{\"what\":\"" + what + "\""))
                .map(line -> line.replaceAll(".*(\"stream\":\\d+).*(\"heap\":\\d+).*", "$1 $2"))
                .toList();
    }

    private interface Check {
        void run() throws IOException;
    }

    /** What a call gives in place of what the real object would; nothing to leave it to that. */
    private interface Answer {
        Optional<Object> to(String method) throws IOException;
    }

    private static <T> T proxy(Class<T> type, T real, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Optional<Object> given = answer.to(method.getName());
                    if (given.isPresent()) {
                        return given.get();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** The medium, but that it cannot drain, and tells when it is closed. */
    private static Medium failing(Medium medium, Check closing) {
        return proxy(Medium.class, medium, method -> {
            if (method.equals("drain")) {
                throw new IllegalStateException("cannot drain");
            }
            if (method.equals("close")) {
                closing.run();
            }
            return Optional.empty();
        });
    }

    /** The medium, but that its sinks take the start of a stream and a little more, and tell when they take nothing any more. */
    private static Medium stuck(Medium medium, Runnable full) {
        AtomicInteger room = new AtomicInteger(40);
        Answer takeOne = method -> {
            if (!method.equals("send")) {
                return Optional.empty();
            }
            if (room.get() > 0) {
                room.decrementAndGet();
                return Optional.of(1);
            }
            full.run();
            return Optional.of(0);
        };
        return proxy(
                Medium.class,
                medium,
                method -> method.equals("open")
                        ? Optional.of(proxy(PacketSink.class, medium.open(), takeOne))
                        : Optional.empty());
    }

    @Test
    void shouldLeaveTheLogThatIsThereWhenNobodyAcceptsAConnection() throws Exception {
        Path log = Files.writeString(directory.resolve("log"), OLD);
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(0));
            SenderSettings settings = settings(
                    log,
                    "transport_protocol=tcp",
                    "target_host=127.0.0.1",
                    "target_port_start=" + bound.getLocalPort(),
                    "connect_timeout=0",
                    "impair.drop_heaps=1");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Transmission.toNetwork(settings, SILENT).run(source()));
            assertThat(log).hasContent(OLD);
            Files.delete(log);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Transmission.toNetwork(settings, SILENT).run(source()));
            assertThat(log).doesNotExist();
        }
    }

    /** A reader of a pipe that is opened twice sees its end before the first line. */
    @Test
    void shouldWriteTheWholeLogIntoANamedPipe() throws Exception {
        Path log = directory.resolve("pipe");
        Path read = directory.resolve("read");
        assertThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor())
                .isZero();
        Process reader = new ProcessBuilder("cat", log.toString())
                .redirectOutput(read.toFile())
                .start();
        try {
            Transmission.toCapture(settings(log, "impair.drop_heaps=1"), SILENT, directory.resolve("sent.pcap"), false)
                    .run(source());
            assertThat(reader.waitFor()).isZero();
        } finally {
            reader.destroyForcibly();
        }
        assertThat(Files.readAllLines(read)).hasSize(17).last().asString().contains("summary");
    }

    @Test
    void shouldReplaceNoCaptureWhenTheLogCannotBeWritten() throws Exception {
        Path capture = Files.writeString(directory.resolve("sent.pcap"), OLD);
        SenderSettings settings = settings(directory, "impair.drop_heaps=1");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        Transmission.toCapture(settings, SILENT, capture, false).run(source()))
                .withMessage("transmission.impair.log = " + directory + " cannot be written: it is a directory");
        assertThat(capture).hasContent(OLD);
    }

    @Test
    void shouldReplaceALongerLog() throws Exception {
        Path log = Files.writeString(directory.resolve("log"), OLD.repeat(1000));
        Transmission.toCapture(settings(log, "impair.drop_heaps=1"), SILENT, directory.resolve("sent.pcap"), false)
                .run(source());
        assertThat(Files.readAllLines(log))
                .hasSize(17)
                .allMatch(line -> line.startsWith("{\"what\":"))
                .last()
                .isEqualTo("{\"what\":\"summary\",\"drop_heap\":16}");
    }
}
