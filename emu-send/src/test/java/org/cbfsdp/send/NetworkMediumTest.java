package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.cbfsdp.settings.SettingsLoader;
import org.cbfsdp.settings.TransmissionSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spead.item.Flavour;
import org.spead.send.HeapBuilder;
import org.spead.send.SendConfig;
import org.spead.send.SendHeap;
import org.spead.send.SendStream;
import org.spead.transport.memory.MemoryLink;

/** How far ahead of its schedule a stream may be, so that a thread that wakes late does not make it slower. */
class NetworkMediumTest {
    private static final long SEED = 20261120;
    private static final int HEAPS = 40;
    private static final int HEAP_BYTES = 1 << 20;

    private static NetworkMedium medium() {
        TransmissionSettings settings = new SettingsLoader()
                .option("reader.synthetic=1x1x1")
                .loadSender()
                .transmission();
        return new NetworkMedium(settings, () -> false);
    }

    @ParameterizedTest(name = "{0} bytes/s: {1} ns")
    @CsvSource({
        "0, 400000",
        "1, 4000000",
        "10000000, 4000000",
        "65536000, 4000000",
        "131072000, 2000000",
        "10000000000, 400000",
        "4611686018427387904, 400000"
    })
    void shouldBeEarlyByFourMillisecondsOr256KibibytesAtMost(long rate, long earlyNanos) {
        assertThat(medium().earlyNanos(rate)).isEqualTo(earlyNanos);
    }

    @Test
    void shouldReachTheRateThoughTheThreadWakesLateEachTime() {
        long rate = 50_000_000;
        long[] now = {1};
        MemoryLink link = new MemoryLink("link", HEAPS * HEAP_BYTES / 1400);
        SendConfig config = SendConfig.builder()
                .rateBytesPerSecond(rate)
                .burstBytes(10)
                .earlyNanos(medium().earlyNanos(rate))
                .maxHeaps(HEAPS)
                .build();
        SendStream stream = new SendStream("send-0", config, link.sink(), () -> now[0]);
        for (int i = 0; i < HEAPS; i++) {
            HeapBuilder builder = new HeapBuilder(Flavour.SPEAD_64_48);
            builder.addReference(0x1000, ByteBuffer.allocateDirect(HEAP_BYTES));
            SendHeap heap = builder.build();
            assertThat(stream.offer(heap, (done, bytes, error) -> {})).isTrue();
        }
        Random lateness = new Random(SEED);
        while (!stream.isDrained()) {
            if (stream.doWork() == 0) {
                now[0] += stream.nanosUntilDue() + lateness.nextLong(3_000_000);
            }
        }
        double bytesPerSecond = stream.stats().bytes() / (now[0] / 1e9);
        assertThat(bytesPerSecond).as("seed %d", SEED).isBetween(rate * 0.99, rate * 1.01);
    }
}
