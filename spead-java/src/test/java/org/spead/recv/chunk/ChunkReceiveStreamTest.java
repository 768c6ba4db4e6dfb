package org.spead.recv.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spead.recv.chunk.TestHeaps.HEAP_BYTES;
import static org.spead.recv.chunk.TestHeaps.config;
import static org.spead.recv.chunk.TestHeaps.heap;
import static org.spead.recv.chunk.TestHeaps.part;
import static org.spead.recv.chunk.TestHeaps.receive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.WirePacket;
import org.spead.agent.Agent;
import org.spead.recv.HeapFault;
import org.spead.recv.StatMode;
import org.spead.recv.StreamStat;
import org.spead.transport.memory.MemoryLink;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChunkReceiveStreamTest {
    @Test
    void shouldDeliverWholeChunksInOrderFromFewBuffers() {
        ChunkFixture stream = new ChunkFixture(receive(0), config(), 3);
        LongStream.range(0, 20).forEach(stream::giveChunk);
        stream.end();

        assertThat(stream.delivered)
                .isEqualTo(LongStream.range(0, 20).mapToObj(id -> id + " 1111").toList());
        assertThat(stream.stream.isEnded()).isTrue();
        assertThat(stream.rings.dataRing().isEnded()).isTrue();
        assertThat(stream.rings.freeRing().size()).as("every chunk came back").isEqualTo(3);
        assertThat(stream.stream.stats().get(StreamStat.HEAPS)).isEqualTo(80);
        assertThat(stream.stat(ChunkStat.REJECTED_HEAPS)).as("the stop heap").isEqualTo(1);
        assertThat(stream.stat(ChunkStat.TOO_OLD_HEAPS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldPutTogetherWhatIsShuffledWithinTheWindow(long seed) {
        ChunkFixture stream = new ChunkFixture(config().maxChunks(3));
        Random random = new Random(seed);
        for (long first = 0; first < 12; first += 3) {
            List<WirePacket> heaps = new ArrayList<>();
            for (long id = first; id < first + 3; id++) {
                heaps.addAll(TestHeaps.heaps(id));
            }
            Collections.shuffle(heaps, random);
            stream.give(heaps.toArray(new WirePacket[0]));
        }
        stream.end();

        // A window of three begins when its highest number comes, which may be before the lowest.
        assertThat(stream.delivered)
                .as("seed %d", seed)
                .isEqualTo(LongStream.range(0, 12).mapToObj(id -> id + " 1111").toList());
    }

    @Test
    void shouldTakePacketsInAnyOrderWhenAllowed() {
        ChunkFixture stream = new ChunkFixture(receive(0).allowOutOfOrder(true), config(), 4);
        stream.give(part(0, 1, 16, 24), part(0, 2, 8, 16), part(0, 1, 0, 8), part(0, 1, 8, 16), part(0, 2, 0, 8))
                .end();
        assertThat(stream.delivered).containsExactly("0 0100");
        assertThat(stream.stream.stats().get(StreamStat.INCOMPLETE_HEAPS_FLUSHED))
                .isEqualTo(1);
    }

    @Test
    void shouldRefusePacketsOutOfOrderUnlessAllowed() {
        ChunkFixture stream = new ChunkFixture(config());
        stream.give(part(0, 1, 8, 24), part(0, 2, 0, 8), part(0, 2, 16, 24), part(0, 3, 0, 20), part(0, 3, 20, 24))
                .end();
        assertThat(stream.delivered).containsExactly("0 0001");
        assertThat(stream.stream.stats().get(HeapFault.NO_FIRST_PACKET)).isEqualTo(1);
        assertThat(stream.stream.stats().get(HeapFault.AHEAD)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"false, '5 1000|6 1000|7 1000|20 1000'", "true, '4 0000|5 1000|6 1000|7 1000|19 0000|20 1000'"})
    void shouldFlushTheWindowWhenANumberJumpsBeyondIt(boolean deliverEmpty, String expected) {
        ChunkFixture stream = new ChunkFixture(config().deliverEmptyChunks(deliverEmpty));
        stream.give(heap(5, 0), heap(6, 0), heap(7, 0), heap(20, 0)).end();
        assertThat(stream.delivered).containsExactly(expected.split("\\|"));
        assertThat(stream.rings.freeRing().size()).isEqualTo(stream.chunks);
    }

    @Test
    void shouldNotFillBackBelowZero() {
        ChunkFixture stream = new ChunkFixture(config().maxChunks(4).deliverEmptyChunks(true));
        stream.give(heap(1, 2)).end();
        assertThat(stream.delivered).containsExactly("0 0000", "1 0010");
    }

    @Test
    void shouldFillBackWhatIsMissingInBetween() {
        ChunkFixture stream = new ChunkFixture(config().maxChunks(4).deliverEmptyChunks(true));
        stream.give(heap(0, 0), heap(3, 1), heap(2, 3)).end();
        assertThat(stream.delivered).containsExactly("0 1000", "1 0000", "2 0001", "3 0100");
    }

    @Test
    void shouldCountHeapsBehindTheWindow() {
        ChunkFixture stream = new ChunkFixture(config());
        stream.give(heap(5, 0), heap(4, 0), heap(3, 0), heap(6, 0), heap(4, 1)).end();
        assertThat(stream.delivered).containsExactly("4 1000", "5 1000", "6 1000");
        assertThat(stream.stat(ChunkStat.TOO_OLD_HEAPS)).isEqualTo(2);
        assertThat(stream.stream.stats().get(StreamStat.HEAPS))
                .as("received all the same")
                .isEqualTo(5);
    }

    @Test
    void shouldDiscardTheRestOfAHeapWhoseChunkHasLeftTheWindow() {
        ChunkFixture stream = new ChunkFixture(receive(0), config(), 3);
        stream.give(part(0, 0, 0, 8), heap(0, 1), heap(2, 0), part(0, 0, 8, 16), part(0, 0, 16, 24));
        assertThat(stream.delivered).containsExactly("0 0100");
        assertThat(stream.stat(ChunkStat.TOO_OLD_HEAPS)).as("once a heap").isEqualTo(1);
        // The chunk that was 0 becomes 3 to 5, and must have nothing of the late packets.
        for (long id = 3; id < 6; id++) {
            stream.giveChunk(id);
        }
        stream.end();
        assertThat(stream.delivered).containsExactly("0 0100", "2 1000", "3 1111", "4 1111", "5 1111");
    }

    @Test
    void shouldTellNobodyOfAnIncompleteHeap() {
        ChunkFixture stream = new ChunkFixture(receive(0).maxHeaps(1), config(), 4);
        stream.give(part(0, 0, 0, 8), heap(0, 1), part(0, 2, 0, 8)).end();
        assertThat(stream.delivered).containsExactly("0 0100");
        assertThat(stream.stream.stats().get(StreamStat.INCOMPLETE_HEAPS_EVICTED))
                .isEqualTo(2);
        assertThat(stream.stream.stats().get(StreamStat.HEAPS)).isEqualTo(3);
    }

    @Test
    void shouldLeaveOutAChunkOfIncompleteHeaps() {
        ChunkFixture stream = new ChunkFixture(receive(0), config(), 3);
        stream.give(heap(0, 0), part(1, 0, 0, 8), heap(2, 0), heap(3, 0)).end();
        assertThat(stream.delivered).containsExactly("0 1000", "2 1000", "3 1000");
        assertThat(stream.rings.freeRing().size()).isEqualTo(3);
    }

    @Test
    void shouldDeliverExactlyWhatWasNotRemoved() {
        Set<Long> gone = Set.of(3L, 7L, 8L, 9L, 15L, 18L);
        Set<Long> holed = Set.of(0L, 2L, 5L, 10L, 12L, 13L, 19L);
        ChunkFixture stream = new ChunkFixture(config());
        List<String> expected = new ArrayList<>();
        for (long id = 0; id < 20; id++) {
            if (!gone.contains(id)) {
                int hole = holed.contains(id) ? (int) (id % 4) : -1;
                List<WirePacket> heaps = TestHeaps.heaps(id);
                StringBuilder present = new StringBuilder("1111");
                if (hole >= 0) {
                    heaps.remove(hole);
                    present.setCharAt(hole, '0');
                }
                stream.give(heaps.toArray(new WirePacket[0]));
                expected.add(id + " " + present);
            }
        }
        stream.end();
        assertThat(stream.delivered).isEqualTo(expected);
        long present = stream.delivered.stream()
                .mapToLong(text -> text.substring(text.indexOf(' '))
                        .chars()
                        .filter(flag -> flag == '1')
                        .count())
                .sum();
        assertThat(20 * 4 - present).isEqualTo(6 * 4 + 7);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 32, 1L << 62, Long.MAX_VALUE - 39})
    void shouldCountChunksAsFarAsNumbersGo(long base) {
        ChunkConfig config = ChunkConfig.builder(place -> place.place(place.item(0) + base, 0, 0))
                .items(TestHeaps.CHUNK_ITEM)
                .deliverEmptyChunks(true)
                .build();
        List<Long> ids = new ArrayList<>();
        MemoryLink link = new MemoryLink("link", 100);
        ChunkReceiveStream stream = ChunkReceiveStream.alone(
                receive(0).build(),
                config,
                List.of(link.source()),
                (chunkId, streamId) -> TestHeaps.chunk(),
                chunk -> ids.add(chunk.chunkId()));
        for (long id = 0; id < 39; id++) {
            TestHeaps.send(link.sink(), heap(id, 0));
        }
        stream.doWork();
        stream.doWork();
        assertThat(ids).isEqualTo(LongStream.range(base - 1, base + 37).boxed().toList());
    }

    @Test
    void shouldRejectTheLargestNumber() {
        ChunkConfig.Builder config = ChunkConfig.builder(place -> place.place(Long.MAX_VALUE, 0, 0));
        ChunkFixture stream = new ChunkFixture(config);
        stream.give(heap(0, 0)).end();
        assertThat(stream.stat(ChunkStat.REJECTED_HEAPS)).isEqualTo(2);
        assertThat(stream.delivered).isEmpty();
    }

    @Test
    void shouldTellNumbersBelowZeroApart() {
        ChunkConfig.Builder config =
                ChunkConfig.builder(place -> place.place(-place.item(0), 0, 0)).items(TestHeaps.CHUNK_ITEM);
        ChunkFixture stream = new ChunkFixture(config);
        stream.give(heap(1, 0), heap(2, 0), heap(3, 0));
        assertThat(stream.stat(ChunkStat.REJECTED_HEAPS)).isEqualTo(1);
        assertThat(stream.stat(ChunkStat.TOO_OLD_HEAPS)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "4, 0", "0, -1", "0, 73", "9999999999, 0", "0, 9999999999"})
    void shouldRejectPlacesOutsideTheChunk(long index, long offset) {
        ChunkConfig.Builder config = ChunkConfig.builder(place ->
                        place.place(place.item(0), place.item(0) == 0 ? index : 0, place.item(0) == 0 ? offset : 0))
                .items(TestHeaps.CHUNK_ITEM);
        ChunkFixture stream = new ChunkFixture(config);
        stream.give(heap(0, 0)).give(heap(1, 0)).end();
        assertThat(stream.delivered).containsExactly("1 1000");
        assertThat(stream.stat(ChunkStat.REJECTED_HEAPS))
                .as("and the stop heap")
                .isEqualTo(2);
    }

    @Test
    void shouldRefuseUnsizedHeapsThoughConfigured() {
        ChunkFixture stream = new ChunkFixture(receive(0).allowUnsizedHeaps(true), config(), 4);
        stream.give(WirePacket.of(48, 1, -1, 0, new byte[HEAP_BYTES])
                .immediate(TestHeaps.CHUNK_ITEM, 0)
                .immediate(TestHeaps.INDEX_ITEM, 0));
        assertThat(stream.stream.stats().get(HeapFault.UNSIZED)).isEqualTo(1);
    }

    @Test
    void shouldFlagPacketsWhenAskedTo() {
        // Three packets of 8 bytes a heap, two heaps.
        ChunkConfig.Builder config = ChunkConfig.builder(
                        place -> place.place(place.item(0), place.item(1) * 3, place.item(1) * HEAP_BYTES))
                .items(TestHeaps.CHUNK_ITEM, TestHeaps.INDEX_ITEM)
                .packetPresenceBytes(8);
        List<String> flags = new ArrayList<>();
        ChunkSink sink = chunk -> {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < chunk.heapCount(); i++) {
                text.append(chunk.isPresent(i) ? 1 : 0);
            }
            flags.add(text.toString());
        };
        ChunkSource source = (chunkId, streamId) -> new Chunk(2 * HEAP_BYTES, 6);
        MemoryLink link = new MemoryLink("link", 100);
        ChunkReceiveStream stream = ChunkReceiveStream.alone(
                receive(0).allowOutOfOrder(true).build(), config.build(), List.of(link.source()), source, sink);
        for (WirePacket packet : List.of(
                part(0, 0, 16, 24),
                part(0, 0, 0, 8),
                heap(0, 1).immediate(0x2000, 1),
                part(0, 2, 0, 8),
                part(3, 0, 8, 16))) {
            TestHeaps.send(link.sink(), packet);
        }
        TestHeaps.send(link.sink(), WirePacket.stop(48, 99));
        while (stream.doWork() != Agent.DONE) {
            // Until the stop item.
        }
        assertThat(flags).containsExactly("101100", "010000");
        assertThat(stream.stats().get(ChunkStat.REJECTED_HEAPS.statName()))
                .as("index 6 to 8 of 6, and the stop heap")
                .isEqualTo(2);
    }

    @Test
    void shouldCarryExtraBytesOfAHeap() {
        ChunkConfig.Builder config = ChunkConfig.builder(place -> {
                    TestHeaps.place(place);
                    place.extra().putShort(0, (short) (100 + place.item(1)));
                    place.placeExtra(place.item(1) * 2, place.item(1) == 3 ? 99 : 2);
                })
                .items(TestHeaps.CHUNK_ITEM, TestHeaps.INDEX_ITEM)
                .maxHeapExtra(2);
        List<Chunk> ready = new ArrayList<>();
        MemoryLink link = new MemoryLink("link", 100);
        ChunkReceiveStream stream = ChunkReceiveStream.alone(
                receive(0).build(),
                config.build(),
                List.of(link.source()),
                (chunkId, streamId) -> new Chunk(4 * HEAP_BYTES, 4, 8),
                ready::add);
        for (WirePacket packet : List.of(heap(0, 0), heap(0, 2), heap(0, 3), WirePacket.stop(48, 99))) {
            TestHeaps.send(link.sink(), packet);
        }
        stream.doWork();
        assertThat(ready).hasSize(1);
        assertThat(TestHeaps.text(ready.get(0))).isEqualTo("0 1010");
        assertThat(ready.get(0).extra().getShort(0)).isEqualTo((short) 100);
        assertThat(ready.get(0).extra().getShort(4)).isEqualTo((short) 102);
        assertThat(stream.stats().get(ChunkStat.REJECTED_HEAPS.statName()))
                .as("too much extra, and the stop heap")
                .isEqualTo(2);
    }

    @Test
    void shouldCountWhatThePlacementCountsAndShowItAfterTheBatch() {
        ChunkConfig.Builder config = ChunkConfig.builder(place -> {
                    TestHeaps.place(place);
                    place.record(0, place.item(0) < 0 ? 1 : 0);
                    place.record(1, place.packetBytes());
                })
                .items(TestHeaps.CHUNK_ITEM, TestHeaps.INDEX_ITEM)
                .addStat("test.metadata_heaps", StatMode.COUNTER)
                .addStat("test.largest_packet", StatMode.MAXIMUM);
        ChunkFixture stream = new ChunkFixture(config);
        stream.give(heap(0, 0), WirePacket.of(48, 77, 1, 0, new byte[1]));
        assertThat(stream.stream.stats().get("test.metadata_heaps")).isEqualTo(1);
        assertThat(stream.stream.stats().get("test.largest_packet")).isEqualTo(8 + 6 * 8 + HEAP_BYTES);
        assertThat(stream.stream.stats().snapshot().values())
                .containsEntry("test.metadata_heaps", 1L)
                .containsEntry("test.largest_packet", 80L)
                .containsEntry("rejected_heaps", 1L)
                .containsEntry("too_old_heaps", 0L)
                .containsEntry("no_chunk_heaps", 0L);
    }

    @Test
    void shouldGiveThePlacementEveryImmediateAskedForAndTheHeapLength() {
        List<List<Long>> seen = new ArrayList<>();
        ChunkConfig.Builder config = ChunkConfig.builder(
                        place -> seen.add(List.of(place.item(0), place.item(1), place.item(2), place.item(3))))
                .items(2, 0x7000, 1, 0x7001);
        ChunkFixture stream = new ChunkFixture(config);
        stream.give(WirePacket.of(48, 9, 5, 0, new byte[5])
                .immediate(0x7001, 0xFFFF_FFFF_FFFFL)
                .addressed(0x7000, 2)
                .immediate(0x7002, 1));
        assertThat(seen).containsExactly(List.of(5L, -1L, 9L, 0xFFFF_FFFF_FFFFL));
    }

    @Test
    void shouldCountHeapsForWhichThereIsNoChunkAndAskAgain() {
        List<Chunk> stock = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        List<String> ready = new ArrayList<>();
        MemoryLink link = new MemoryLink("link", 100);
        ChunkSource source = (chunkId, streamId) -> {
            asked.add(chunkId + " for " + streamId);
            return stock.isEmpty() ? null : stock.remove(0);
        };
        ChunkReceiveStream stream = ChunkReceiveStream.alone(
                receive(7).build(),
                config().build(),
                List.of(link.source()),
                source,
                chunk -> ready.add(chunk.streamId() + ": " + TestHeaps.text(chunk)));
        TestHeaps.send(link.sink(), heap(0, 0));
        stream.doWork();
        stock.add(TestHeaps.chunk());
        TestHeaps.send(link.sink(), heap(0, 1));
        TestHeaps.send(link.sink(), heap(0, 2));
        TestHeaps.send(link.sink(), WirePacket.stop(48, 99));
        stream.doWork();
        assertThat(asked).containsExactly("0 for 7", "0 for 7");
        assertThat(ready).containsExactly("7: 0 0110");
        assertThat(stream.stats().get(ChunkStat.NO_CHUNK_HEAPS.statName())).isEqualTo(1);
    }

    @Test
    void shouldTakeADuplicateOfAHeapAsTheSame() {
        ChunkFixture stream = new ChunkFixture(config());
        stream.give(heap(0, 0), heap(0, 0), heap(0, 1)).end();
        assertThat(stream.delivered).containsExactly("0 1100");
        assertThat(stream.stream.stats().get(StreamStat.HEAPS)).isEqualTo(3);
    }
}
