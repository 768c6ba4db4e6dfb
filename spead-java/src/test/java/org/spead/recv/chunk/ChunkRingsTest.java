package org.spead.recv.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spead.WirePacket;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.StreamStat;
import org.spead.transport.memory.MemoryLink;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChunkRingsTest {
    private static final long NOT_LONG = 1_000_000;

    private final MemoryLink link = new MemoryLink("link", 1000);

    private static ChunkRings rings(int chunks, int dataCapacity, OverflowPolicy policy) {
        ChunkRings rings = new ChunkRings(new ChunkRing(8), new ChunkRing(dataCapacity), policy);
        for (int i = 0; i < chunks; i++) {
            assertThat(rings.addFreeChunk(TestHeaps.chunk())).isTrue();
        }
        return rings;
    }

    private ChunkReceiveStream stream(ChunkRings rings, MemoryLink from) {
        return ChunkReceiveStream.alone(
                TestHeaps.receive(1).build(), TestHeaps.config().build(), List.of(from.source()), rings, rings);
    }

    private void sendChunks(long first, long last) {
        for (long id = first; id <= last; id++) {
            TestHeaps.heaps(id).forEach(heap -> TestHeaps.send(link.sink(), heap));
        }
    }

    private static void receiveAll(ChunkReceiveStream stream) {
        while (stream.doWork() > 0) {
            // Until nothing is left.
        }
    }

    private static AgentRunner run(ChunkReceiveStream stream) {
        return new AgentRunner("recv", List.of(stream), IdleStrategy.backoff(), (agent, e) -> {}).start();
    }

    @Test
    void shouldTakeNoChunkThatIsNotHeld() {
        ChunkRings rings = rings(0, 1, OverflowPolicy.BLOCK);
        Chunk chunk = TestHeaps.chunk();
        assertThat(rings.addFreeChunk(chunk)).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> rings.addFreeChunk(chunk));
        assertThatIllegalStateException().isThrownBy(chunk::data);
        assertThatIllegalStateException().isThrownBy(() -> chunk.isPresent(0));
        assertThatIllegalStateException().isThrownBy(chunk::chunkId);
    }

    @Test
    void shouldHandBackWhatTheFreeRingHasNoRoomFor() {
        ChunkRings rings = rings(8, 1, OverflowPolicy.BLOCK);
        Chunk surplus = TestHeaps.chunk();
        assertThat(rings.addFreeChunk(surplus)).isFalse();
        assertThat(surplus.presentHeaps()).isZero();
        rings.stop();
        assertThat(rings.addFreeChunk(surplus)).isFalse();
        assertThat(surplus.chunkId()).isEqualTo(Chunk.NO_ID);
    }

    @Test
    void shouldForgetPresenceAndRecycleOnce() {
        ChunkRings rings = rings(4, 4, OverflowPolicy.BLOCK);
        ChunkReceiveStream stream = stream(rings, link);
        sendChunks(0, 2);
        receiveAll(stream);
        Chunk first = rings.dataRing().poll();
        assertThat(TestHeaps.text(first)).isEqualTo("0 1111");
        assertThat(first.streamId()).isEqualTo(1);
        first.data().position(3).limit(5);
        int free = rings.freeRing().size();
        try (first) {
            first.recycle();
        }
        first.recycle();
        assertThat(rings.freeRing().size()).isEqualTo(free + 1);
        assertThatIllegalStateException().isThrownBy(first::presentHeaps);

        for (long id = 3; id < 9; id++) {
            sendChunks(id, id);
            receiveAll(stream);
            Chunk chunk = rings.dataRing().poll();
            while (chunk != null) {
                assertThat(TestHeaps.text(chunk)).isEqualTo(chunk.chunkId() + " 1111");
                assertThat(chunk.data().remaining()).as("whole again").isEqualTo(96);
                chunk.recycle();
                chunk = rings.dataRing().poll();
            }
        }
    }

    @Test
    void shouldLetAChunkThatWasNeverFilledBeRecycled() {
        try (Chunk chunk = TestHeaps.chunk()) {
            chunk.recycle();
            assertThat(chunk.heapCount()).isEqualTo(4);
            assertThat(chunk.data().capacity()).isEqualTo(96);
            assertThat(chunk.extra().capacity()).isZero();
        }
    }

    @Test
    void shouldLetChunksComeBackAfterTheEnd() {
        ChunkRings rings = rings(3, 4, OverflowPolicy.BLOCK);
        ChunkReceiveStream stream = stream(rings, link);
        sendChunks(0, 2);
        TestHeaps.send(link.sink(), WirePacket.stop(48, 999));
        receiveAll(stream);
        Chunk chunk = rings.dataRing().poll();
        stream.stop();
        assertThat(rings.dataRing().isEnded()).isTrue();
        assertThat(rings.dataRing().poll()).isNull();
        assertThat(rings.discardedChunks()).isEqualTo(2);
        chunk.recycle();
        assertThat(rings.freeRing().size()).isZero();
    }

    @Test
    void shouldEndTheDataRingWithTheLastProducer() throws InterruptedException {
        ChunkRing data = new ChunkRing(4);
        ChunkRings first = new ChunkRings(new ChunkRing(4), data, OverflowPolicy.BLOCK);
        ChunkRings second = new ChunkRings(new ChunkRing(4), data, OverflowPolicy.BLOCK);
        first.addFreeChunk(TestHeaps.chunk());
        second.addFreeChunk(TestHeaps.chunk());
        MemoryLink other = new MemoryLink("other", 10);
        ChunkReceiveStream one = stream(first, link);
        ChunkReceiveStream two = stream(second, other);
        TestHeaps.send(link.sink(), TestHeaps.heap(3, 1));
        TestHeaps.send(link.sink(), WirePacket.stop(48, 999));
        TestHeaps.send(other.sink(), TestHeaps.heap(9, 0));
        receiveAll(one);
        receiveAll(two);
        assertThat(one.isEnded()).isTrue();
        Chunk chunk = data.take(NOT_LONG);
        assertThat(TestHeaps.text(chunk)).isEqualTo("3 0100");
        chunk.recycle();
        assertThat(first.freeRing().size()).as("to the ring it came from").isEqualTo(1);
        assertThat(data.take(NOT_LONG)).isNull();
        assertThat(data.isEnded()).isFalse();
        TestHeaps.send(other.sink(), WirePacket.stop(48, 999));
        receiveAll(two);
        assertThat(data.isEnded()).isFalse();
        assertThat(TestHeaps.text(data.take(NOT_LONG))).isEqualTo("9 1000");
        assertThat(data.isEnded()).isTrue();
        assertThat(data.take(Long.MAX_VALUE)).isNull();
    }

    @Test
    void shouldWaitForAFreeChunk() throws InterruptedException {
        ChunkRings rings = rings(2, 8, OverflowPolicy.BLOCK);
        ChunkReceiveStream stream = stream(rings, link);
        sendChunks(0, 9);
        TestHeaps.send(link.sink(), WirePacket.stop(48, 999));
        try (AgentRunner runner = run(stream)) {
            long next = 0;
            while (!rings.dataRing().isEnded()) {
                // Not before the stream is held up.
                while (next < 8 && rings.blockedCount() <= next) {
                    Thread.onSpinWait();
                }
                Chunk chunk = rings.dataRing().take(TimeUnit.SECONDS.toNanos(10));
                assertThat(TestHeaps.text(chunk)).isEqualTo(next++ + " 1111");
                chunk.recycle();
            }
            assertThat(next).isEqualTo(10);
            assertThat(runner.join(10_000)).isTrue();
        }
        assertThat(stream.stats().get(StreamStat.WORKER_BLOCKED)).isEqualTo(8);
        assertThat(rings.freeRing().size()).isEqualTo(2);
    }

    @Test
    void shouldWaitForRoomInTheDataRing() throws InterruptedException {
        ChunkRings rings = rings(8, 1, OverflowPolicy.BLOCK);
        ChunkReceiveStream stream = stream(rings, link);
        sendChunks(0, 5);
        try (AgentRunner runner = run(stream)) {
            while (rings.blockedCount() == 0) {
                Thread.onSpinWait();
            }
            assertThat(TestHeaps.text(rings.dataRing().take(NOT_LONG))).isEqualTo("0 1111");
            assertThat(TestHeaps.text(rings.dataRing().take(TimeUnit.SECONDS.toNanos(10))))
                    .isEqualTo("1 1111");
            stream.stop();
            assertThat(runner.join(10_000)).isTrue();
        }
        assertThat(stream.isEnded()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    void shouldLetAUserStopEndAnyWait(OverflowPolicy policy) throws InterruptedException {
        ChunkRings rings = rings(1, 1, policy);
        ChunkReceiveStream stream = stream(rings, link);
        sendChunks(0, 20);
        try (AgentRunner runner = run(stream)) {
            while (policy == OverflowPolicy.BLOCK && rings.blockedCount() == 0) {
                Thread.onSpinWait();
            }
            stream.stop();
            assertThat(runner.join(10_000)).isTrue();
        }
        assertThat(stream.isEnded()).isTrue();
        assertThat(rings.dataRing().isEnded()).isTrue();
    }

    @Test
    void shouldLeavePacketsInTheSourceWhilePaused() {
        ChunkRings rings = rings(3, 1, OverflowPolicy.PAUSE);
        ChunkReceiveStream stream = stream(rings, link);
        sendChunks(0, 2);
        assertThat(stream.doWork()).isEqualTo(12);
        sendChunks(3, 3);
        assertThat(stream.doWork()).isZero();
        assertThat(stream.doWork()).isZero();
        assertThat(stream.stats().get(StreamStat.WORKER_BLOCKED)).isEqualTo(2);
        assertThat(stream.stats().get(StreamStat.PACKETS)).isEqualTo(12);
        Chunk chunk = rings.dataRing().poll();
        assertThat(stream.doWork()).as("no free chunk yet").isZero();
        chunk.recycle();
        assertThat(stream.doWork()).isEqualTo(4);
        assertThat(stream.stats().get(ChunkStat.NO_CHUNK_HEAPS.statName())).isZero();
    }

    @Test
    void shouldLoseCountedHeapsWhenPausedAmidABatch() {
        ChunkRings rings = rings(3, 1, OverflowPolicy.PAUSE);
        ChunkReceiveStream stream = stream(rings, link);
        sendChunks(0, 4);
        receiveAll(stream);
        assertThat(rings.dataRing().size()).as("beyond the capacity").isEqualTo(3);
        assertThat(stream.stats().get(ChunkStat.NO_CHUNK_HEAPS.statName())).isEqualTo(8);
    }

    @Test
    void shouldDropTheNewest() {
        ChunkRings rings = rings(4, 1, OverflowPolicy.DROP_NEWEST);
        ChunkReceiveStream stream = stream(rings, link);
        sendChunks(0, 5);
        receiveAll(stream);
        assertThat(TestHeaps.text(rings.dataRing().poll())).isEqualTo("0 1111");
        assertThat(rings.dataRing().poll()).isNull();
        assertThat(rings.droppedChunks()).isEqualTo(3);
        assertThat(stream.stats().get(StreamStat.RING_DROPPED_HEAPS)).isEqualTo(12);
    }

    @Test
    void shouldDropTheOldest() {
        ChunkRings rings = rings(4, 2, OverflowPolicy.DROP_OLDEST);
        ChunkReceiveStream stream = stream(rings, link);
        sendChunks(0, 7);
        receiveAll(stream);
        assertThat(TestHeaps.text(rings.dataRing().poll())).isEqualTo("4 1111");
        assertThat(TestHeaps.text(rings.dataRing().poll())).isEqualTo("5 1111");
        assertThat(rings.droppedChunks()).isEqualTo(4);
        assertThat(stream.stats().get(StreamStat.RING_DROPPED_HEAPS)).isEqualTo(16);
        assertThat(stream.stats().get(ChunkStat.NO_CHUNK_HEAPS.statName())).isZero();
    }

    @Test
    void shouldDropTheOldestWhenNoneIsFree() {
        ChunkRings rings = rings(3, 8, OverflowPolicy.DROP_OLDEST);
        ChunkReceiveStream stream = stream(rings, link);
        sendChunks(0, 4);
        receiveAll(stream);
        assertThat(TestHeaps.text(rings.dataRing().poll())).isEqualTo("2 1111");
        assertThat(rings.dataRing().poll()).isNull();
        assertThat(rings.droppedChunks()).isEqualTo(2);
    }

    @Test
    void shouldRefuseImpossibleRings() {
        ChunkRing ring = new ChunkRing(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new ChunkRing(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChunkRings(ring, ring, OverflowPolicy.BLOCK));
    }

    @Test
    void shouldNotEndARingThatHasHadNoProducer() throws InterruptedException {
        ChunkRing ring = new ChunkRing(1);
        assertThat(ring.take(NOT_LONG)).isNull();
        assertThat(ring.isEnded()).isFalse();
        assertThat(ring.stop()).isZero();
        assertThat(ring.isEnded()).isTrue();
        assertThat(ring.take(Long.MAX_VALUE)).isNull();
    }

    @Test
    void shouldNotTakeASpareChunkForOneThatTheConsumerGaveBack() {
        ChunkRings rings = ChunkFixture.rings(2, OverflowPolicy.PAUSE);
        Chunk spare = filled(rings, 0);
        spare.recycle();
        rings.ready(filled(rings, 1));
        Chunk taken = rings.dataRing().poll();
        filled(rings, 2);
        assertThat(rings.hasRoom()).as("none is free, one is with the consumer").isFalse();
        rings.addFreeChunk(taken);
        assertThat(rings.hasRoom()).isTrue();
        rings.allocate(3, 0);
        assertThat(rings.hasRoom())
                .as("none is free, none is with the consumer")
                .isTrue();
    }

    private static Chunk filled(ChunkRings rings, long id) {
        Chunk chunk = rings.allocate(id, 0);
        chunk.begin(id, 0, rings);
        chunk.handOver();
        return chunk;
    }
}
