package org.cbfsdp.recv;

import java.util.stream.IntStream;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.SpectralWindow;
import org.cbfsdp.payload.TelescopeModel;

/** Small telescope models: three baselines, four polarisations, dumps of one second. */
final class Models {
    private static final double START_MJD_SECONDS = 40587.0 * 86400 + 1_700_000_000;

    private Models() {}

    static TelescopeModel of(int channels, int dumps) {
        return new TelescopeModel(
                2,
                Baselines.of(new int[] {0, 0, 1}, new int[] {0, 1, 1}),
                new SpectralWindow(channels, 1e8, 1e6),
                new int[] {9, 10, 11, 12},
                0,
                0,
                IntStream.range(0, dumps)
                        .mapToObj(i -> new DumpMetadata(i, START_MJD_SECONDS + i, 1, 1, new double[9]))
                        .toArray(DumpMetadata[]::new));
    }

    /** Time on the wire of {@code seconds} after the model's first dump. */
    static long ticks(double seconds) {
        return (1_700_000_000L << 32) + Math.round(seconds * 4294967296.0);
    }
}
