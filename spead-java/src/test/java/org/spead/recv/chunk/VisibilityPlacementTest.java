package org.spead.recv.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spead.WirePacket;
import org.spead.recv.OverflowPolicy;
import org.spead.transport.memory.MemoryLink;

/** Visibilities of 3 streams of 2 channels, 3 baselines, every 0.25 s, two dumps a chunk. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VisibilityPlacementTest {
    private static final long SECOND = 1L << 32;
    private static final long EPOCH = 1_700_000_000L * SECOND + 12_345;
    private static final long INTERVAL = SECOND / 4;
    private static final int STREAMS = 3;
    private static final int HEAP_BYTES = 2 * 3 * 34;

    private final VisibilityPlacement placement = new VisibilityPlacement(EPOCH, INTERVAL, 2, 2, STREAMS, 3, 77);
    private final MemoryLink link = new MemoryLink("link", 1000);
    private final ChunkRings rings = new ChunkRings(new ChunkRing(10), new ChunkRing(10), OverflowPolicy.DROP_NEWEST);
    private final ChunkReceiveStream stream = ChunkReceiveStream.alone(
            TestHeaps.receive(0).build(), placement.config().build(), List.of(link.source()), rings, rings);

    private long nextCnt = 1;

    VisibilityPlacementTest() {
        for (int i = 0; i < 10; i++) {
            rings.addFreeChunk(placement.newChunk());
        }
    }

    private WirePacket heap(long time, long channel, long channels, long baselines, long scan, int bytes) {
        byte[] payload = new byte[bytes];
        Arrays.fill(payload, mark(time, channel));
        return WirePacket.of(48, nextCnt++, bytes, 0, payload)
                .immediate(0x6000, time / SECOND)
                .immediate(0x6001, time % SECOND)
                .immediate(0x6002, channel)
                .immediate(0x6003, channels)
                .immediate(0x6004, 0)
                .immediate(0x6005, baselines)
                .immediate(0x6008, scan)
                .addressed(0x600A, 0);
    }

    private WirePacket heap(long dump, int streamIndex) {
        return heap(EPOCH + dump * INTERVAL, streamIndex * 2L, 2, 3, 77, HEAP_BYTES);
    }

    private static byte mark(long time, long channel) {
        return (byte) ((time - EPOCH) / (INTERVAL / 8) + channel * 5 + 1);
    }

    private void give(WirePacket packet) {
        TestHeaps.send(link.sink(), packet);
        stream.doWork();
    }

    @Test
    void shouldPutEachDumpAndStreamInItsPlace() {
        List<WirePacket> heaps = new ArrayList<>();
        for (long dump = 0; dump < 4; dump++) {
            for (int s = 0; s < STREAMS; s++) {
                heaps.add(heap(dump, s));
            }
        }
        Collections.shuffle(heaps, new Random(5));
        heaps.forEach(this::give);
        give(WirePacket.stop(48, 9999));

        for (long id = 0; id < 2; id++) {
            try (Chunk chunk = rings.dataRing().poll()) {
                assertThat(chunk.chunkId()).isEqualTo(id);
                assertThat(chunk.presentHeaps()).isEqualTo(6);
                for (int heap = 0; heap < 6; heap++) {
                    long dump = id * 2 + heap / STREAMS;
                    byte expected = mark(EPOCH + dump * INTERVAL, heap % STREAMS * 2L);
                    assertThat(chunk.data().get(heap * HEAP_BYTES)).isEqualTo(expected);
                    assertThat(chunk.data().get((heap + 1) * HEAP_BYTES - 1)).isEqualTo(expected);
                }
            }
        }
        assertThat(rings.dataRing().isEnded()).isTrue();
        assertThat(stream.stats().get("test.metadata_heaps"))
                .as("the stop heap")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // time error in 1/1000 of the interval, channel, channels, baselines, scan, bytes; the statistic that counts it
        "0, 1, 2, 3, 77, 204, test.bad_channel_heaps",
        "0, 6, 2, 3, 77, 204, test.bad_channel_heaps",
        "0, 2, 1, 3, 77, 204, test.bad_channel_heaps",
        "0, 2, 2, 4, 77, 204, test.bad_baseline_heaps",
        "0, 2, 2, 3, 77, 203, test.metadata_heaps",
        "0, 2, 2, 3, 78, 204, test.bad_scan_heaps",
        "11, 2, 2, 3, 77, 204, test.bad_timestamp_heaps",
        "-11, 2, 2, 3, 77, 204, test.bad_timestamp_heaps",
        "-1000, 2, 2, 3, 77, 204, too_old_heaps"
    })
    void shouldCountOneBadHeapOnceAndWriteNothingOfIt(
            long error, long channel, long channels, long baselines, long scan, int bytes, String counter) {
        give(heap(0, 0));
        long time = EPOCH + error * INTERVAL / 1000;
        give(heap(time, channel, channels, baselines, scan, bytes));

        boolean rejected = !counter.equals("too_old_heaps");
        Stream.concat(
                        VisibilityPlacement.STATS.stream(),
                        Stream.of(ChunkStat.values()).map(ChunkStat::statName))
                .forEach(name -> assertThat(stream.stats().get(name))
                        .as(name)
                        .isEqualTo(name.equals(counter) || (rejected && name.equals("rejected_heaps")) ? 1 : 0));
        give(heap(5, 0));
        give(heap(7, 0));
        try (Chunk chunk = rings.dataRing().poll()) {
            assertThat(chunk.chunkId()).isZero();
            assertThat(chunk.presentHeaps()).isEqualTo(1);
            for (int i = HEAP_BYTES; i < 6 * HEAP_BYTES; i++) {
                assertThat(chunk.data().get(i)).as("byte %d", i).isZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"9", "-9"})
    void shouldForgiveASmallErrorOfTime(long error) {
        give(heap(EPOCH + INTERVAL + error * INTERVAL / 1000, 2, 2, 3, 77, HEAP_BYTES));
        give(WirePacket.stop(48, 9999));
        try (Chunk chunk = rings.dataRing().poll()) {
            assertThat(chunk.isPresent(3 + 1)).isTrue();
        }
    }
}
