package org.cbfsdp.katgpucbf;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementMemoryTest {
    private static final int BOUND = 16 << 20;
    private static final int CHANNEL_BYTES = 34 * 1000;
    private static final int MOST_CHANNELS = 128;

    private final ElementMemory memory = new ElementMemory(BOUND, BOUND / 3);

    /** Counted as made, and by the virtual machine; the test keeps all of it, as if the collector took nothing that was given up. */
    @ParameterizedTest(name = "{0} lent at a time")
    @ValueSource(ints = {1, 3})
    void shouldNeverTakeMoreThanTwiceTheBoundWhateverIsAskedFor(int lentAtATime) {
        long seed = 17;
        Random random = new Random(seed);
        ArrayDeque<ElementMemory.Block> lent = new ArrayDeque<>();
        Set<ElementMemory.Block> made = new HashSet<>();
        long madeBytes = 0;
        long before = directBytes();
        int refused = 0;
        for (int round = 0; round < 3_000; round++) {
            int bytes = CHANNEL_BYTES * (round < 1_000 ? 1 + round % MOST_CHANNELS : 1 + random.nextInt(MOST_CHANNELS));
            ElementMemory.Block block = memory.acquire(bytes);
            if (block == null) {
                refused++;
            } else {
                assertThat(block.view().capacity()).isEqualTo(bytes);
                lent.add(block);
                if (made.add(block)) {
                    madeBytes += block.elements().capacity();
                }
            }
            if (lent.size() == lentAtATime) {
                memory.release(lent.remove());
            }
            assertThat(memory.heldBytes()).isLessThanOrEqualTo(BOUND);
            assertThat(madeBytes).as("round %d, seed %d", round, seed).isLessThanOrEqualTo(2L * BOUND);
            assertThat(directBytes() - before)
                    .as("round %d, seed %d", round, seed)
                    .isLessThanOrEqualTo(2L * BOUND + (1 << 20));
        }
        // Three of the largest are within the bound: but for the last pieces of the beginning there was always one to
        // lend.
        assertThat(refused).as("seed %d", seed).isZero();
        assertThat(memory.acquire(CHANNEL_BYTES)).isNotNull();
    }

    @Test
    void shouldLendALargerBlockBeforeItGivesAnyUp() {
        ElementMemory one = new ElementMemory(340, 340);
        ElementMemory.Block large = one.acquire(340);
        one.release(large);
        ElementMemory.Block small = one.acquire(34);
        assertThat(small).isSameAs(large);
        assertThat(small.view().capacity()).isEqualTo(34);
        assertThat(one.acquire(34)).isNull();
        one.release(small);
        assertThat(one.acquire(340)).isSameAs(large);
        assertThat(large.view().capacity()).isEqualTo(340);
    }

    @Test
    void shouldGiveUpNothingInVainAndMakeBlocksForAllOnceItHas() {
        ElementMemory few = new ElementMemory(400, 300);
        ElementMemory.Block lent = few.acquire(200);
        ElementMemory.Block idle = few.acquire(100);
        few.release(idle);
        assertThat(few.acquire(300)).as("too much beside what is lent").isNull();
        assertThat(few.acquire(100)).isSameAs(idle);
        few.release(idle);
        few.release(lent);
        ElementMemory.Block large = few.acquire(250);
        assertThat(large.elements().capacity()).isEqualTo(300);
        assertThat(few.acquire(301)).isNull();
    }

    @Test
    void shouldLendTheSmallestThatIsLargeEnoughWhileOldBlocksAreLeft() {
        ElementMemory some = new ElementMemory(450, 300);
        ElementMemory.Block old = some.acquire(100);
        some.release(some.acquire(150));
        ElementMemory.Block forAll = some.acquire(250);
        assertThat(forAll.elements().capacity()).isEqualTo(300);
        some.release(old);
        some.release(forAll);
        assertThat(some.acquire(90)).isSameAs(old);
        assertThat(some.acquire(250)).isSameAs(forAll);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
