package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cbfsdp.consumer.ConsumerException;
import org.cbfsdp.consumer.complete.CompleteDumps;
import org.cbfsdp.consumer.complete.DumpIteration;
import org.cbfsdp.consumer.complete.EndOfDumpsException;
import org.cbfsdp.consumer.complete.TimedDump;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.SettingsLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole receptions from captures, asked for dumps by the test. */
@Timeout(60)
class EmbeddedReceptionTest {
    private static final int PORT = 41_000;
    private static final int DUMPS = 50;

    @TempDir
    Path folder;

    private Path capture;

    /** The interface's heaps without any FD. */
    @BeforeEach
    void writeCapture() throws IOException {
        capture = folder.resolve("some.pcap");
        List<byte[]> packets = new ArrayList<>();
        for (int dump = 0; dump < DUMPS; dump++) {
            packets.addAll(new WireHeap(1L + dump, Models.ticks(dump), 0).packets());
        }
        packets.add(WireHeap.stop(DUMPS + 1));
        TestCapture.write(capture, PORT, packets);
    }

    @Test
    void shouldGiveEveryDumpToALoopAndThenReport() throws Exception {
        List<Long> seen = new ArrayList<>();
        try (EmbeddedReception reception = EmbeddedReception.start(settings("program"), heedless())) {
            try (DumpIteration iteration = reception.dumps().iterate().from(Models.ticks(10))) {
                for (TimedDump timed : iteration) {
                    assertThat(timed.dump().orElseThrow().payloadBytes()).isEqualTo(2 * 3 * 34);
                    seen.add(timed.timestampTicks());
                }
            }
            assertThat(reception.awaitReport())
                    .startsWith("Received 50 heaps (0 missing, 0 incomplete), 50 dumps (50 complete) in 1 streams");
        }
        assertThat(seen).hasSize(40).isSorted().startsWith(Models.ticks(10)).endsWith(Models.ticks(49));
    }

    @Test
    void shouldPassOverDumpsWithoutData() throws Exception {
        try (EmbeddedReception reception = EmbeddedReception.start(settings("program"), new CompleteDumps())) {
            assertThatThrownBy(() -> reception.dumps().next())
                    .isInstanceOf(EndOfDumpsException.class)
                    .hasMessageEndingWith("; 50 others were passed over");
        }
    }

    @Test
    void shouldEndWhenItIsClosedHoweverManyDumpsWait() throws Exception {
        CompleteDumps dumps = heedless();
        VisibilityDump copy;
        try (EmbeddedReception reception =
                EmbeddedReception.start(settings("program, null", "reception.consumer_queue=2"), dumps)) {
            copy = reception.dumps().next();
        }
        assertThat(copy.timestampTicks()).isEqualTo(Models.ticks(0));
        assertThatThrownBy(dumps::next).isInstanceOf(EndOfDumpsException.class);
    }

    @Test
    void shouldRefuseSettingsThatDoNotNameTheProgram() {
        assertThatThrownBy(() -> EmbeddedReception.start(settings("null"), heedless()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "reception.consumer = null does not name the program that asks for dumps; add program");
    }

    @Test
    void shouldRefuseTheDumpsOfAnotherReceptionWhichGoesOn() throws Exception {
        CompleteDumps dumps = heedless();
        try (EmbeddedReception first = EmbeddedReception.start(settings("program"), dumps)) {
            dumps.next();
            assertThatThrownBy(() -> EmbeddedReception.start(settings("program"), dumps))
                    .isInstanceOf(ConsumerException.class)
                    .hasMessageContaining("have a reception already");
            for (int dump = 1; dump < DUMPS; dump++) {
                assertThat(dumps.next().timestampTicks()).isEqualTo(Models.ticks(dump));
            }
            assertThat(first.awaitReport()).contains("50 dumps (50 complete)");
        }
    }

    @Test
    void shouldSayWhyItCannotStart() throws IOException {
        CompleteDumps dumps = heedless();
        ReceiverSettings settings = settings("program", "reception.pcap_file=" + folder.resolve("gone.pcap"));
        assertThatThrownBy(() -> EmbeddedReception.start(settings, dumps)).hasMessageContaining("gone.pcap");
        assertThatThrownBy(dumps::next).isInstanceOf(EndOfDumpsException.class);
    }

    private static CompleteDumps heedless() {
        return new CompleteDumps(1, false);
    }

    private ReceiverSettings settings(String consumers, String... options) {
        SettingsLoader loader = new SettingsLoader()
                .option("reception.pcap_file=" + capture)
                .option("reception.receiver_port_start=" + PORT)
                .option("reception.num_ports=1")
                .option("reception.consumer=" + consumers);
        List.of(options).forEach(loader::option);
        return loader.loadReceiver();
    }
}
