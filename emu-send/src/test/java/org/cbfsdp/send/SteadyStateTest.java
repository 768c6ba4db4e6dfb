package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.cbfsdp.icd.IcdHeapEncoder;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.settings.ReaderSettings;
import org.cbfsdp.settings.ReaderSettings.RepeatMode;
import org.cbfsdp.settings.SettingsLoader;
import org.cbfsdp.settings.SyntheticShape;
import org.cbfsdp.settings.TransmissionSettings.DumpPacing;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.send.SendConfig;
import org.spead.send.SendStream;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/** After it has run for a while, sending makes no garbage on any of its threads: nothing a heap, nothing a dump. */
@Timeout(120)
class SteadyStateTest {
    private static final long WARM_UP_HEAPS = 100_000;
    private static final long HEAPS = 50_000;

    /** Twentieths of a byte a heap: what the compilers still do on the threads themselves. */
    private static final long TOLERATED_BYTES = HEAPS / 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Takes every packet, and keeps none. */
    private static final class NullSink implements PacketSink {
        @Override
        public PacketBatch newBatch(int maxPacketBytes) {
            return new PacketBatch(64 * maxPacketBytes, 64);
        }

        @Override
        public int send(PacketBatch batch, int first) {
            return batch.count() - first;
        }

        @Override
        public String describe() {
            return "null";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /**
     * Says stop when enough was sent, and what each thread has allocated in the best of several stretches after the warm-up: what
     * compilers and class loading do now and then is not in all of them, what every heap costs is.
     */
    private final class Meter implements BooleanSupplier {
        private static final int STRETCHES = 4;

        private final SendStream stream;
        private final long[] ids;
        private final long[] last = new long[2];
        private final long[] allocated = {Long.MAX_VALUE, Long.MAX_VALUE};
        private int marks;

        Meter(SendStream stream, long... ids) {
            this.stream = stream;
            this.ids = ids;
        }

        @Override
        public boolean getAsBoolean() {
            if (marks <= STRETCHES && stream.stats().heaps() >= WARM_UP_HEAPS + marks * HEAPS) {
                for (int i = 0; i < ids.length; i++) {
                    long bytes = threads.getThreadAllocatedBytes(ids[i]);
                    if (marks > 0) {
                        allocated[i] = Math.min(allocated[i], bytes - last[i]);
                    }
                    last[i] = bytes;
                }
                marks++;
            }
            return marks > STRETCHES;
        }
    }

    @ParameterizedTest(name = "max_heaps {0}, {1}, rate {2}")
    @CsvSource({"1, SEQUENCE, 0", "4, DUMP, 0", "2, SEQUENCE, 400000000"})
    void shouldAllocateNothing(int maxHeaps, RepeatMode mode, long rate) throws Exception {
        SyntheticShape shape = new SyntheticShape(3, 8, 3);
        ReaderSettings settings = new SettingsLoader()
                .option("reader.synthetic=3x8x3")
                .loadSender()
                .reader();
        DumpSource source = new SyntheticSource(shape, settings);
        SendConfig config = SendConfig.builder()
                .maxHeaps(maxHeaps + 4)
                .rateBytesPerSecond(rate)
                .build();
        SendStream stream = new SendStream("send-0", config, new NullSink());
        IcdHeapEncoder encoder = new IcdHeapEncoder(source.channels(), 6, 4, MemoryStreams.CONSTANTS);
        StreamSender sender = new StreamSender(stream, encoder, new ChannelRange(0, 8), maxHeaps + 1);
        Packetiser packetiser = new Packetiser(
                source,
                new DumpSchedule(source, 1_000_000, mode),
                new DumpPacer(DumpPacing.NONE, 0, System::nanoTime),
                List.of(sender),
                new int[] {0, 1, 2, 3},
                true);
        AtomicLong sendingThread = new AtomicLong();
        Agent known = new Agent() {
            @Override
            public String roleName() {
                return "known";
            }

            @Override
            public int doWork() {
                sendingThread.set(Thread.currentThread().getId());
                return DONE;
            }
        };
        try (AgentRunner runner = new AgentRunner(
                        "send", List.of(stream, known), IdleStrategy.backoffOrDue(), (agent, cause) -> {});
                Progress progress = Progress.ofDumps(1)) {
            runner.start();
            while (sendingThread.get() == 0) {
                Thread.onSpinWait();
            }
            Meter meter = new Meter(stream, Thread.currentThread().getId(), sendingThread.get());
            packetiser.run(meter, () -> false, progress);
            assertThat(meter.allocated[0])
                    .as("bytes of the packetiser's thread")
                    .isLessThan(TOLERATED_BYTES);
            assertThat(meter.allocated[1]).as("bytes of the sending thread").isLessThan(TOLERATED_BYTES);
        }
    }
}
