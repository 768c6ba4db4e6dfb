package org.cbfsdp.recv;

import java.util.OptionalInt;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.settings.ReceptionSettings;
import org.cbfsdp.settings.SettingsException;

/**
 * How {@code reception.memory} is shared, so that neither a silent stream nor a slow consumer can starve the network: a
 * quarter for dumps that wait for their streams, a quarter for dumps that wait for the slowest consumer, and the rest for
 * heaps being assembled and heaps on their way; docs/performance.md has the bound of the whole process. Immutable.
 *
 * @param totalBytes {@code reception.memory}
 * @param windowBytes payload of the dumps being assembled
 * @param queueBytes payload of the dumps queued for a consumer
 */
record MemoryShares(long totalBytes, long windowBytes, long queueBytes) {
    private static final int SHARES = 4;
    private static final int MOST_POLARISATIONS = 4;
    private static final int PARTS_OF_RINGS = 8;

    /** 5 ms at 3 GB/s: as long as another thread may keep the router from its core. */
    private static final long MOST_RING_BYTES = 1 << 24;

    static MemoryShares of(ReceptionSettings reception) {
        long bytes = reception.memoryBytes();
        return new MemoryShares(bytes, bytes / SHARES, bytes / SHARES);
    }

    /** How much of small heaps may wait in the ring of one stream: 16 MiB, but of all streams no more than an eighth. */
    long ringBytes(int streams) {
        return Math.min(MOST_RING_BYTES, totalBytes / PARTS_OF_RINGS / streams);
    }

    /**
     * Refuses dumps of which not two fit a share.
     *
     * @throws SettingsException naming the setting and what it must be at least
     */
    void check(StreamPlan plan, OptionalInt baselines) {
        long dumpBytes = (long) plan.channels().count()
                * baselines.orElse(0)
                * ElementLayout.standard(MOST_POLARISATIONS).elementBytes();
        long needed = 2 * dumpBytes * SHARES;
        if (totalBytes < needed) {
            throw new SettingsException("reception.memory = " + totalBytes + " is too small: a dump of "
                    + plan.channels().count() + " channels x " + baselines.orElse(0) + " baselines has " + dumpBytes
                    + " bytes, give at least " + needed);
        }
    }
}
