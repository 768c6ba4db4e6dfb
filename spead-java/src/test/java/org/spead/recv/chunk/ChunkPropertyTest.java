package org.spead.recv.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spead.WirePacket;
import org.spead.recv.OverflowPolicy;
import org.spead.transport.memory.MemoryLink;

/** Random heaps of one to three streams, some in two packets, must make the chunks that {@link ChunkModel} says. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChunkPropertyTest {
    private static final int SEEDS = 600;
    private static final int STEPS = 150;

    static IntStream blocksOfSeeds() {
        return IntStream.range(0, 6);
    }

    @ParameterizedTest
    @MethodSource("blocksOfSeeds")
    void shouldFillChunksAsTheModelDoes(int block) {
        for (int seed = block * SEEDS / 6; seed < (block + 1) * SEEDS / 6; seed++) {
            new Run(seed).compare();
        }
    }

    /** The second packet of a heap, to come later. */
    private record Rest(int member, long id, int index, boolean placed) {}

    private static final class Run {
        private final int seed;
        private final Random random;
        private final int members;
        private final boolean deliverEmpty;
        private final List<MemoryLink> links = new ArrayList<>();
        private final ChunkRings rings = ChunkFixture.rings(12, OverflowPolicy.BLOCK);
        private final ChunkStreamGroup group;
        private final ChunkModel model;
        private final List<String> delivered = new ArrayList<>();
        private final List<Rest> rests = new ArrayList<>();

        Run(int seed) {
            this.seed = seed;
            random = new Random(seed);
            members = 1 + random.nextInt(3);
            deliverEmpty = random.nextBoolean();
            int groupChunks = 1 + random.nextInt(5);
            int[] memberChunks = random.ints(members, 1, groupChunks + 1).toArray();
            group = new ChunkStreamGroup(
                    new ChunkGroupConfig(groupChunks, EvictionMode.LOSSY, deliverEmpty), rings, rings);
            for (int member = 0; member < members; member++) {
                MemoryLink link = new MemoryLink("link " + member, 4);
                links.add(link);
                group.addStream(
                        TestHeaps.receive(member).maxHeaps(1000).build(),
                        TestHeaps.config().maxChunks(memberChunks[member]).build(),
                        List.of(link.source()));
            }
            model = new ChunkModel(groupChunks, memberChunks, deliverEmpty);
        }

        void compare() {
            long[] at = new long[members];
            for (int step = 0; step < STEPS; step++) {
                int member = random.nextInt(members);
                if (!rests.isEmpty() && random.nextInt(3) == 0) {
                    finish(rests.remove(random.nextInt(rests.size())));
                } else {
                    at[member] += random.nextInt(40) == 0 ? random.nextInt(12) : random.nextInt(4) == 0 ? 1 : 0;
                    long id = Math.max(0, at[member] + random.nextInt(4) - 2);
                    // Members share a chunk's heaps: each has those of its own number.
                    int index = members == 1 ? random.nextInt(TestHeaps.CHUNK_HEAPS) : member;
                    start(member, id, index);
                }
            }
            for (int member = 0; member < members; member++) {
                give(member, WirePacket.stop(48, 0xFFFF_FFFFL));
                model.end(member);
            }
            drain();
            assertThat(delivered)
                    .as("seed %d, %d members, empty %s", seed, members, deliverEmpty)
                    .isEqualTo(model.delivered);
            assertThat(rings.dataRing().isEnded()).isTrue();
            assertThat(rings.freeRing().size()).as("seed %d", seed).isEqualTo(12);
            for (int member = 0; member < members; member++) {
                assertThat(group.streams().get(member).stats().get(ChunkStat.TOO_OLD_HEAPS.statName()))
                        .as("seed %d, too old of member %d", seed, member)
                        .isEqualTo(model.tooOld[member]);
            }
        }

        private void start(int member, long id, int index) {
            boolean whole = random.nextBoolean();
            boolean alreadyUnderWay =
                    rests.stream().anyMatch(rest -> rest.member == member && rest.id == id && rest.index == index);
            if (alreadyUnderWay) {
                return;
            }
            boolean placed = model.begin(member, id);
            give(member, TestHeaps.part(id, index, 0, whole ? TestHeaps.HEAP_BYTES : 10));
            if (!whole) {
                rests.add(new Rest(member, id, index, placed));
            } else if (placed) {
                model.complete(id, index);
            }
        }

        private void finish(Rest rest) {
            if (rest.placed && model.goOn(rest.member, rest.id)) {
                model.complete(rest.id, rest.index);
            }
            give(rest.member, TestHeaps.part(rest.id, rest.index, 10, TestHeaps.HEAP_BYTES));
        }

        private void give(int member, WirePacket packet) {
            TestHeaps.send(links.get(member).sink(), packet);
            group.streams().get(member).doWork();
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
    }
}
