package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spead.WirePacket;

class StreamStatsTest {
    private final BufferPool pool = new BufferPool(1 << 20);

    /** Counts payload bytes, and the longest heap. */
    private static final class Measuring implements HeapSink {
        private StatRecorder recorder;
        private int total;
        private int longest;

        @Override
        public void recordsTo(StatRecorder given) {
            recorder = given;
            total = given.indexOf("measure.total");
            longest = given.indexOf("measure.longest");
        }

        @Override
        public void heap(Heap heap) {
            recorder.record(total, heap.payload().limit());
            recorder.record(longest, heap.payload().limit());
            heap.close();
        }
    }

    private static ReceiveConfig config() {
        return ReceiveConfig.builder()
                .addStat("measure.total", StatMode.COUNTER)
                .addStat("measure.longest", StatMode.MAXIMUM)
                .build();
    }

    private PacketIntake received(int... lengths) {
        PacketIntake intake = new PacketIntake(config(), pool, new Measuring(), FaultListener.NONE, System::nanoTime);
        for (int i = 0; i < lengths.length; i++) {
            give(intake, WirePacket.of(48, i + 1, lengths[i], 0, new byte[lengths[i]]));
        }
        intake.endBatch(lengths.length);
        return intake;
    }

    private static void give(PacketIntake intake, WirePacket packet) {
        byte[] bytes = packet.bytes();
        intake.datagram(java.nio.ByteBuffer.wrap(bytes), 0, bytes.length, "test");
    }

    @Test
    void shouldShowCustomStatisticsWhenTheBatchEnds() {
        PacketIntake intake = received(10, 30, 20);
        assertThat(intake.stats().get("measure.total")).isEqualTo(60);
        assertThat(intake.stats().get("measure.longest")).isEqualTo(30);

        give(intake, WirePacket.of(48, 9, 40, 0, new byte[40]));
        assertThat(intake.stats().get("measure.total")).as("the batch goes on").isEqualTo(60);
        intake.endBatch(1);
        assertThat(intake.stats().get("measure.total")).isEqualTo(100);
        assertThat(intake.stats().get("measure.longest")).isEqualTo(40);
    }

    @Test
    void shouldFindThemByNameAndIndexAndIterate() {
        StreamStats.Snapshot snapshot = received(10, 30).stats().snapshot();
        int index = snapshot.indexOf("measure.longest");
        assertThat(snapshot.get(index)).isEqualTo(30);
        assertThat(snapshot.get("measure.longest")).isEqualTo(30);
        assertThat(snapshot.get(snapshot.indexOf("heaps"))).isEqualTo(2);
        assertThat(snapshot.get("max_batch")).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> snapshot.indexOf("nonesuch"))
                .withMessage("there is no statistic called nonesuch");

        List<String> names = new ArrayList<>();
        long sum = 0;
        for (var stat : snapshot) {
            names.add(stat.getKey());
            sum += stat.getValue();
        }
        assertThat(names).startsWith("heaps", "incomplete_heaps_evicted", "incomplete_heaps_flushed", "packets");
        assertThat(names).endsWith("measure.total", "measure.longest").doesNotHaveDuplicates();
        assertThat(names).isEqualTo(List.copyOf(snapshot.values().keySet()));
        assertThat(sum)
                .isEqualTo(snapshot.values().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
    }

    @Test
    void shouldAddSnapshotsOfStreamsThatCountTheSame() {
        StreamStats.Snapshot sum = received(10, 30)
                .stats()
                .snapshot()
                .plus(received(20, 5, 5).stats().snapshot());
        assertThat(sum.get("heaps")).isEqualTo(5);
        assertThat(sum.get("measure.total")).isEqualTo(70);
        assertThat(sum.get("measure.longest")).as("a maximum").isEqualTo(30);
        assertThat(sum.get("max_batch")).as("a maximum").isEqualTo(3);
        assertThat(sum.get("batches")).isEqualTo(2);
    }

    @Test
    void shouldRefuseToAddWhatIsNotTheSame() {
        StreamStats.Snapshot two = received(10).stats().snapshot();
        StreamStats.Snapshot none = new StreamStats(List.of()).snapshot();
        StreamStats.Snapshot otherMode = new StreamStats(List.of(
                        new StatDeclaration("measure.total", StatMode.MAXIMUM),
                        new StatDeclaration("measure.longest", StatMode.MAXIMUM)))
                .snapshot();
        for (StreamStats.Snapshot other : List.of(none, otherMode)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> two.plus(other))
                    .withMessage("statistics of streams that declare different ones cannot be added");
        }
    }

    @Test
    void shouldRefuseNamesThatAreTaken() {
        for (String name : List.of("heaps", "packet_bad_magic", "heap_unsized")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ReceiveConfig.builder()
                            .addStat(name, StatMode.COUNTER)
                            .build())
                    .withMessage("there are two statistics called " + name);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReceiveConfig.builder()
                        .addStat("a", StatMode.COUNTER)
                        .addStat("a", StatMode.MAXIMUM)
                        .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReceiveConfig.builder().addStat("", StatMode.COUNTER))
                .withMessage("a statistic needs a name");
    }

    @Test
    void shouldLetSinksRecordTheirOwnOnly() {
        StatRecorder recorder = new StreamStats(config().customStats()).recorder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recorder.indexOf("heaps"))
                .withMessage("statistic heaps is the stream's own to record");
        assertThatIllegalArgumentException().isThrownBy(() -> recorder.record(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> recorder.indexOf("nonesuch"));
    }
}
