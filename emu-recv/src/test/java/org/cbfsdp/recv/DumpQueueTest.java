package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpQueueTest {
    private static final int STEPS = 2000;

    /** Against a list of two parts: what is shown, and what is not. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 7"})
    void shouldKeepOrderAndBoundsWhateverIsShown(long seed, int capacity) {
        Random random = new Random(seed);
        DumpQueue queue = new DumpQueue(capacity, Long.MAX_VALUE);
        Deque<VisibilityDump> unseen = new ArrayDeque<>();
        VisibilityDump shown = null;
        for (int i = 1; i <= STEPS; i++) {
            switch (random.nextInt(5)) {
                case 0 -> {
                    shown = shown == null ? unseen.poll() : shown;
                    assertThat(queue.show()).isSameAs(shown);
                }
                case 1 -> {
                    assertThat(queue.poll()).isSameAs(shown == null ? unseen.poll() : shown);
                    shown = null;
                }
                case 2 -> assertThat(queue.pollUnseen()).isSameAs(unseen.poll());
                default -> {
                    VisibilityDump dump = dump(i);
                    boolean room = unseen.size() + (shown == null ? 0 : 1) < capacity;
                    assertThat(queue.offer(dump)).isEqualTo(room);
                    if (room) {
                        unseen.add(dump);
                    }
                }
            }
            assertThat(queue.size()).isEqualTo(unseen.size() + (shown == null ? 0 : 1));
        }
    }

    private static VisibilityDump dump(long ticks) {
        return new VisibilityDump(ticks, 1, new VisibilityPayload[] {new FakePayload(ticks)});
    }
}
