package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VisibilityDumpTest {
    private final MemoryPayload first = MemoryPayload.small();
    private final MemoryPayload third = MemoryPayload.small();

    private VisibilityDump dump() {
        return new VisibilityDump(7L << 32, 5, new VisibilityPayload[] {first, null, third});
    }

    /** Runs the same task on several threads at once and says how many of them failed with an IllegalStateException. */
    private static int refusedAmong(int threads, Runnable task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            results.add(executor.submit(() -> {
                start.await(10, TimeUnit.SECONDS);
                try {
                    task.run();
                    return 0;
                } catch (IllegalStateException e) {
                    return 1;
                }
            }));
        }
        int refused = 0;
        for (Future<Integer> result : results) {
            refused += result.get(30, TimeUnit.SECONDS);
        }
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        return refused;
    }

    @Test
    void shouldShowWhatArrived() {
        VisibilityDump dump = dump();
        assertThat(dump.timestampTicks()).isEqualTo(7L << 32);
        assertThat(dump.scanId()).isEqualTo(5);
        assertThat(dump.streamCount()).isEqualTo(3);
        assertThat(dump.payloadCount()).isEqualTo(2);
        assertThat(dump.isComplete()).isFalse();
        assertThat(dump.payload(0)).isSameAs(first);
        assertThat(dump.payload(1)).isNull();
        assertThat(dump.payload(2)).isSameAs(third);
        VisibilityDump complete = new VisibilityDump(0, 0, new VisibilityPayload[] {first, third});
        assertThat(complete.isComplete()).isTrue();
    }

    @Test
    void shouldGiveThePayloadsBackWithTheLastRelease() {
        VisibilityDump dump = dump();
        dump.retain();
        dump.retain();
        dump.release();
        dump.release();
        assertThat(first.released).hasValue(0);
        assertThat(dump.payload(0)).isSameAs(first);
        dump.release();
        assertThat(first.released).hasValue(1);
        assertThat(third.released).hasValue(1);
        assertThat(first.retained)
                .as("the dump took over a reference, it needs none of its own")
                .hasValue(0);
    }

    @Test
    void shouldRefuseEverythingAfterTheLastRelease() {
        VisibilityDump dump = dump();
        dump.release();
        assertThatThrownBy(() -> dump.payload(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1970-01-01T00:00:07Z");
        assertThatThrownBy(dump::release).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(dump::retain).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldStayReleasedWhateverIsTriedAfterwards() {
        VisibilityDump dump = dump();
        dump.release();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(dump::retain).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> dump.payload(0)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(dump::release).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(dump::release).isInstanceOf(IllegalStateException.class);
        }
        assertThat(first.released).hasValue(1);
    }

    @Test
    void shouldReleaseOnceWhenManyThreadsHoldIt() throws Exception {
        VisibilityDump dump = dump();
        int threads = 8;
        for (int i = 0; i < threads; i++) {
            dump.retain();
        }
        dump.release();
        int refused = refusedAmong(threads, () -> {
            for (int i = 0; i < 20_000; i++) {
                dump.retain();
                dump.release();
            }
            assertThat(dump.payload(0)).isSameAs(first);
            dump.release();
        });
        assertThat(refused).isZero();
        assertThat(first.released).hasValue(1);
        assertThat(third.released).hasValue(1);
    }

    @Test
    void shouldReleaseOnceWhenThreadsReleaseTooOften() throws Exception {
        for (int round = 0; round < 50; round++) {
            MemoryPayload payload = MemoryPayload.small();
            VisibilityDump dump = new VisibilityDump(0, 0, new VisibilityPayload[] {payload});
            assertThat(refusedAmong(4, dump::release)).as("round %d", round).isEqualTo(3);
            assertThat(payload.released).as("round %d", round).hasValue(1);
        }
    }

    @Test
    void shouldEitherKeepOrRefuseWhenRetainAndReleaseMeet() throws Exception {
        for (int round = 0; round < 50; round++) {
            MemoryPayload payload = MemoryPayload.small();
            VisibilityDump dump = new VisibilityDump(0, 0, new VisibilityPayload[] {payload});
            CyclicBarrier roles = new CyclicBarrier(2);
            refusedAmong(2, () -> {
                if (isFirst(roles)) {
                    dump.release();
                } else {
                    dump.retain();
                    assertThat(dump.payload(0)).isSameAs(payload);
                    dump.release();
                }
            });
            assertThat(payload.released).as("round %d", round).hasValue(1);
        }
    }

    private static boolean isFirst(CyclicBarrier barrier) {
        try {
            return barrier.await(10, TimeUnit.SECONDS) == 0;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
