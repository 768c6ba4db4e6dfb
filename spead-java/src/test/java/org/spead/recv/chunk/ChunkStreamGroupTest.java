package org.spead.recv.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.WirePacket;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.StreamStat;
import org.spead.transport.memory.MemoryLink;

/** Two streams: the first has heaps 0 and 1 of each chunk, the second 2 and 3. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChunkStreamGroupTest {
    private static final AtomicInteger RUNNERS = new AtomicInteger();
    private static final int CHUNKS = 12;

    private final List<MemoryLink> links = List.of(new MemoryLink("a", 20_000), new MemoryLink("b", 20_000));
    private final ChunkRings rings = ChunkFixture.rings(CHUNKS, OverflowPolicy.BLOCK);
    private final List<String> delivered = new ArrayList<>();

    private ChunkStreamGroup group(EvictionMode mode, int groupChunks, int memberChunks) {
        ChunkStreamGroup group = new ChunkStreamGroup(new ChunkGroupConfig(groupChunks, mode, false), rings, rings);
        for (int member = 0; member < 2; member++) {
            group.addStream(
                    TestHeaps.receive(member).build(),
                    TestHeaps.config().maxChunks(memberChunks).build(),
                    List.of(links.get(member).source()));
        }
        return group;
    }

    private void send(int member, WirePacket packet) {
        TestHeaps.send(links.get(member).sink(), packet);
    }

    private void sendHalf(int member, long chunk) {
        send(member, TestHeaps.heap(chunk, member * 2));
        send(member, TestHeaps.heap(chunk, member * 2 + 1));
    }

    private void sendStop(int member) {
        send(member, WirePacket.stop(48, 0xFFFF_FFFFL));
    }

    /** Lets a member take all that is there, on this thread, and keeps what comes of it. */
    private void work(ChunkStreamGroup group, int member) {
        while (group.streams().get(member).doWork() > 0) {
            drain();
        }
        drain();
    }

    private void drain() {
        Chunk chunk = rings.dataRing().poll();
        while (chunk != null) {
            delivered.add(TestHeaps.text(chunk));
            chunk.recycle();
            chunk = rings.dataRing().poll();
        }
    }

    /** On the consumer's thread, until the data ring ends. */
    private void consumeAll() throws InterruptedException {
        while (!rings.dataRing().isEnded()) {
            Chunk chunk = rings.dataRing().take(TimeUnit.SECONDS.toNanos(20));
            if (chunk != null) {
                delivered.add(TestHeaps.text(chunk));
                chunk.recycle();
            }
        }
    }

    private static AgentRunner run(ChunkStreamGroup group, int member) {
        ChunkReceiveStream stream = group.streams().get(member);
        // No other thread has this name, of whatever test.
        String name = "group-test-" + RUNNERS.incrementAndGet() + "-" + stream.roleName();
        return new AgentRunner(name, List.of(stream), IdleStrategy.backoff(), (agent, e) -> {}).start();
    }

    /**
     * Until a member that took so many chunks, of an untouched ring, and has more to read waits for another; its counters do not show it
     * before the end of its batch.
     */
    private void awaitWait(AgentRunner member, int chunks) {
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(candidate -> candidate.getName().equals(member.name()))
                .findAny()
                .orElseThrow();
        while (rings.freeRing().size() > CHUNKS - chunks || thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    private static List<String> whole(long end) {
        return LongStream.range(0, end).mapToObj(id -> id + " 1111").toList();
    }

    @ParameterizedTest
    @EnumSource(EvictionMode.class)
    void shouldFillChunksTogether(EvictionMode mode) {
        // One more than the members have, so that one may be a chunk ahead of the other without waiting for it.
        ChunkStreamGroup group = group(mode, 3, 2);
        for (long id = 0; id < 20; id++) {
            sendHalf(0, id);
            sendHalf(1, id);
            work(group, (int) (id % 2));
            work(group, (int) (1 - id % 2));
        }
        sendStop(0);
        work(group, 0);
        assertThat(group.isEnded()).isFalse();
        assertThat(rings.dataRing().isEnded()).isFalse();
        sendStop(1);
        work(group, 1);
        assertThat(delivered).isEqualTo(whole(20));
        assertThat(group.isEnded()).isTrue();
        assertThat(rings.dataRing().isEnded()).isTrue();
        assertThat(rings.freeRing().size()).isEqualTo(CHUNKS);
    }

    @ParameterizedTest
    @CsvSource({"2", "4"})
    void shouldNotWaitForASilentMember(int groupChunks) {
        ChunkStreamGroup group = group(EvictionMode.LOSSY, groupChunks, 2);
        for (long id = 0; id < 20; id++) {
            sendHalf(0, id);
            work(group, 0);
            assertThat(delivered).hasSize((int) Math.max(0, id - groupChunks + 1));
        }
        sendStop(0);
        work(group, 0);
        sendStop(1);
        work(group, 1);
        assertThat(delivered)
                .isEqualTo(LongStream.range(0, 20).mapToObj(id -> id + " 1100").toList());
    }

    @Test
    void shouldGoOnWithoutAMemberThatFallsSilent() {
        ChunkStreamGroup group = group(EvictionMode.LOSSY, 3, 2);
        for (long id = 0; id < 20; id++) {
            sendHalf(0, id);
            work(group, 0);
            if (id < 10) {
                sendHalf(1, id);
                work(group, 1);
            }
        }
        sendStop(0);
        sendStop(1);
        work(group, 0);
        work(group, 1);
        assertThat(delivered)
                .isEqualTo(LongStream.range(0, 20)
                        .mapToObj(id -> id + (id < 10 ? " 1111" : " 1100"))
                        .toList());
        assertThat(group.streams().get(1).stats().get(ChunkStat.TOO_OLD_HEAPS.statName()))
                .isZero();
    }

    @Test
    void shouldLeaveOutChunksThatNobodyHas() {
        ChunkStreamGroup group = group(EvictionMode.LOSSY, 4, 4);
        for (long id : new long[] {0, 1, 2, 7, 8, 12, 30, 31}) {
            sendHalf(0, id);
            sendHalf(1, id);
            work(group, 1);
            work(group, 0);
        }
        sendStop(0);
        sendStop(1);
        work(group, 0);
        work(group, 1);
        assertThat(delivered)
                .containsExactly("0 1111", "1 1111", "2 1111", "7 1111", "8 1111", "12 1111", "30 1111", "31 1111");
    }

    @Test
    void shouldCountWhatALaggardBringsTooLate() {
        ChunkStreamGroup group = group(EvictionMode.LOSSY, 2, 2);
        send(1, TestHeaps.part(0, 2, 0, 8));
        work(group, 1);
        for (long id = 0; id < 6; id++) {
            sendHalf(0, id);
            work(group, 0);
        }
        // The chunk that was 0 is being filled again; nothing of the laggard may get into it.
        send(1, TestHeaps.part(0, 2, 8, 24));
        sendHalf(1, 3);
        sendHalf(1, 4);
        sendHalf(1, 5);
        work(group, 1);
        sendStop(0);
        sendStop(1);
        work(group, 0);
        work(group, 1);
        assertThat(delivered).containsExactly("0 1100", "1 1100", "2 1100", "3 1100", "4 1111", "5 1111");
        assertThat(group.streams().get(1).stats().get(ChunkStat.TOO_OLD_HEAPS.statName()))
                .isEqualTo(3);
        assertThat(group.streams().get(0).stats().get(ChunkStat.TOO_OLD_HEAPS.statName()))
                .isZero();
    }

    @Test
    void shouldWaitForALateMemberWhenLossless() throws InterruptedException {
        ChunkStreamGroup group = group(EvictionMode.LOSSLESS, 3, 2);
        for (long id = 0; id < 50; id++) {
            sendHalf(0, id);
        }
        sendStop(0);
        try (AgentRunner early = run(group, 0)) {
            awaitWait(early, 3);
            assertThat(rings.dataRing().size()).isZero();
            for (long id = 0; id < 50; id++) {
                sendHalf(1, id);
            }
            sendStop(1);
            try (AgentRunner late = run(group, 1)) {
                consumeAll();
                assertThat(early.join(10_000) && late.join(10_000)).isTrue();
            }
        }
        assertThat(delivered).isEqualTo(whole(50));
        assertThat(group.streams().get(0).stats().get(StreamStat.WORKER_BLOCKED))
                .isPositive();
    }

    @Test
    void shouldLetAStopEndAWaitForAMember() throws InterruptedException {
        ChunkStreamGroup group = group(EvictionMode.LOSSLESS, 2, 2);
        for (long id = 0; id < 50; id++) {
            sendHalf(0, id);
        }
        try (AgentRunner waiting = run(group, 0);
                AgentRunner silent = run(group, 1)) {
            awaitWait(waiting, 2);
            // Of another member than the one that waits.
            group.streams().get(1).stop();
            assertThat(waiting.join(10_000)).isTrue();
            assertThat(silent.join(10_000)).isTrue();
        }
        assertThat(group.isEnded()).isTrue();
        assertThat(rings.dataRing().isEnded()).isTrue();
        assertThat(group.streams().get(0).stats().get(StreamStat.WORKER_BLOCKED))
                .isEqualTo(1);
    }

    @Test
    void shouldNotWaitForAMemberThatHasEnded() {
        ChunkStreamGroup group = group(EvictionMode.LOSSLESS, 2, 1);
        sendHalf(1, 0);
        sendStop(1);
        work(group, 1);
        for (long id = 0; id < 20; id++) {
            sendHalf(0, id);
            work(group, 0);
        }
        sendStop(0);
        work(group, 0);
        assertThat(delivered).hasSize(20).startsWith("0 1111", "1 1100").endsWith("19 1100");
    }

    @Test
    void shouldStopAsAWhole() {
        ChunkStreamGroup group = group(EvictionMode.LOSSY, 2, 2);
        sendHalf(0, 0);
        sendHalf(1, 0);
        work(group, 0);
        group.streams().get(0).stop();
        assertThat(group.streams().get(1).doWork()).isNegative();
        assertThat(group.streams().get(0).doWork()).isNegative();
        assertThat(group.isEnded()).isTrue();
        group.stop();
        group.streams().forEach(ChunkReceiveStream::onClose);
        assertThat(rings.dataRing().isEnded()).isTrue();
        assertThat(rings.discardedChunks()).isEqualTo(1);
    }

    @Test
    void shouldStopAsAWholeWhenAPlacementThrows() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        ChunkStreamGroup group = group(EvictionMode.LOSSY, 2, 2);
        MemoryLink third = new MemoryLink("c", 4);
        ChunkConfig broken = ChunkConfig.builder(place -> {
                    TestHeaps.place(place);
                    if (place.item(1) == 1) {
                        throw new IllegalStateException("a mistake of the user's");
                    }
                })
                .items(TestHeaps.CHUNK_ITEM, TestHeaps.INDEX_ITEM)
                .build();
        ChunkReceiveStream failing = group.addStream(TestHeaps.receive(2).build(), broken, List.of(third.source()));
        TestHeaps.send(third.sink(), TestHeaps.heap(0, 0));
        TestHeaps.send(third.sink(), TestHeaps.heap(0, 1));
        try (AgentRunner other = run(group, 0);
                AgentRunner runner = new AgentRunner(
                                "recv-2", List.of(failing), IdleStrategy.backoff(), (agent, e) -> told.countDown())
                        .start()) {
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(other.join(10_000)).isTrue();
            assertThat(runner.join(10_000)).isTrue();
        }
        group.streams().get(1).onClose();
        assertThat(group.isEnded()).isTrue();
    }

    @Test
    void shouldStopFromAPlacementWhileAnotherMemberWaitsToEvict() throws InterruptedException {
        ChunkStreamGroup group = group(EvictionMode.LOSSY, 2, 2);
        MemoryLink third = new MemoryLink("c", 4);
        Thread evicting = new Thread(() -> group.streams().get(0).doWork());
        ChunkConfig stopping = ChunkConfig.builder(place -> {
                    TestHeaps.place(place);
                    if (place.item(1) == 1) {
                        evicting.start();
                        while (evicting.getState() != Thread.State.WAITING) {
                            Thread.onSpinWait();
                        }
                        group.stop();
                    }
                })
                .items(TestHeaps.CHUNK_ITEM, TestHeaps.INDEX_ITEM)
                .build();
        ChunkReceiveStream caller = group.addStream(TestHeaps.receive(2).build(), stopping, List.of(third.source()));
        sendHalf(0, 100);
        TestHeaps.send(third.sink(), TestHeaps.heap(0, 0));
        TestHeaps.send(third.sink(), TestHeaps.heap(0, 1));

        caller.doWork();

        evicting.join(10_000);
        assertThat(evicting.isAlive()).isFalse();
        group.streams().forEach(ChunkReceiveStream::onClose);
        assertThat(group.isEnded()).isTrue();
    }

    @Test
    void shouldTakeNoMemberThatIsTooLateOrTooWide() {
        ChunkStreamGroup group = group(EvictionMode.LOSSY, 2, 2);
        MemoryLink third = new MemoryLink("c", 4);
        ChunkConfig wide = TestHeaps.config().maxChunks(3).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> group.addStream(TestHeaps.receive(7).build(), wide, List.of(third.source())))
                .withMessage("stream 7 has a window of 3 chunks, its group one of 2");
        group.streams().get(0).doWork();
        ChunkConfig narrow = TestHeaps.config().build();
        assertThatIllegalStateException()
                .isThrownBy(() -> group.addStream(TestHeaps.receive(7).build(), narrow, List.of(third.source())))
                .withMessage("stream 7 was added to a group that is receiving");
        assertThat(group.streams()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldLoseNothingUnderLoadWhenLossless(int seed) throws InterruptedException {
        long chunks = 2_000;
        sendShuffled(chunks, seed);
        runBoth(group(EvictionMode.LOSSLESS, 3, 3));
        assertThat(delivered).as("seed %d", seed).isEqualTo(whole(chunks));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldAccountForEveryHeapUnderLoadWhenLossy(int seed) throws InterruptedException {
        long chunks = 2_000;
        sendShuffled(chunks, seed);
        ChunkStreamGroup group = group(EvictionMode.LOSSY, 4, 3);
        runBoth(group);
        // Bytes of whatever is present were checked as chunks came.
        long present = delivered.stream()
                .mapToLong(text -> text.substring(text.indexOf(' '))
                        .chars()
                        .filter(flag -> flag == '1')
                        .count())
                .sum();
        long tooOld = group.streams().stream()
                .mapToLong(stream -> stream.stats().get(ChunkStat.TOO_OLD_HEAPS.statName()))
                .sum();
        assertThat(present + tooOld).as("seed %d", seed).isEqualTo(4 * chunks);
        assertThat(delivered.stream().map(text -> Long.parseLong(text.substring(0, text.indexOf(' ')))))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(rings.freeRing().size()).isEqualTo(CHUNKS);
    }

    private void runBoth(ChunkStreamGroup group) throws InterruptedException {
        try (AgentRunner one = run(group, 0);
                AgentRunner two = run(group, 1)) {
            consumeAll();
            assertThat(one.join(10_000) && two.join(10_000)).isTrue();
        }
    }

    /** Heaps of three chunks at a time in random order, each in two packets, a stop item at the end. */
    private void sendShuffled(long chunks, int seed) {
        for (int member = 0; member < 2; member++) {
            Random random = new Random(seed * 31L + member);
            for (long first = 0; first < chunks; first += 3) {
                List<long[]> heaps = new ArrayList<>();
                for (long id = first; id < Math.min(chunks, first + 3); id++) {
                    heaps.add(new long[] {id, member * 2L});
                    heaps.add(new long[] {id, member * 2L + 1});
                }
                Collections.shuffle(heaps, random);
                for (long[] heap : heaps) {
                    send(member, TestHeaps.part(heap[0], (int) heap[1], 0, 11));
                }
                for (long[] heap : heaps) {
                    send(member, TestHeaps.part(heap[0], (int) heap[1], 11, TestHeaps.HEAP_BYTES));
                }
            }
            sendStop(member);
        }
    }
}
