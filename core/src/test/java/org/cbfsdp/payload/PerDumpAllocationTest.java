package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What is asked for every dump or every row makes no garbage. */
class PerDumpAllocationTest {
    private static final int CALLS = 20_000;

    private static long allocatedBytesPerCall(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        call.run();
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return (threads.getThreadAllocatedBytes(thread) - before) / CALLS;
    }

    @Test
    void shouldFindTheNearestDumpWithoutGarbage() {
        DumpMetadata[] dumps = new DumpMetadata[100];
        for (int i = 0; i < dumps.length; i++) {
            dumps[i] = new DumpMetadata(i, 5e9 + i, 1, 1, new double[3]);
        }
        TelescopeModel model = new TelescopeModel(
                2,
                Baselines.of(new int[] {0}, new int[] {1}),
                new SpectralWindow(1, 1e8, 1e3),
                new int[] {9},
                0,
                0,
                dumps);
        assertThat(allocatedBytesPerCall(() -> model.nearestData(5e9 + 40.3))).isZero();
        assertThat(allocatedBytesPerCall(() -> model.matchingData(5e9 + 40.3, 0.01)))
                .isZero();
    }

    @Test
    void shouldFindABaselineWithoutGarbage() {
        Baselines baselines = Baselines.of(new int[] {1000, 1000, 1001}, new int[] {1000, 1001, 1001});
        assertThat(allocatedBytesPerCall(() -> baselines.indexOf(1000, 1001))).isZero();
    }
}
