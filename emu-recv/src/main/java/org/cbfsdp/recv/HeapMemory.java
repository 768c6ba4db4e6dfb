package org.cbfsdp.recv;

import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.settings.ReceptionSettings;
import org.cbfsdp.settings.TransportProtocol;
import org.spead.recv.BufferPool;
import org.spead.recv.PoolPolicy;

/**
 * Makes the memory that heaps are received into. Up to a quarter of it is there before the first packet, as a reserve for heaps of
 * whatever size: memory that is touched for the first time costs as much time as the heap's packets do, and the receive thread has
 * none to spare while its socket fills. What is needed beyond that is made when it is needed. With captures and TCP nothing is made
 * beforehand, as the other side waits.
 */
final class HeapMemory {
    private static final Logger LOG = LogManager.getLogger(HeapMemory.class);

    /** Descriptors and the items beside the visibilities, with room to spare. */
    private static final int ITEM_BYTES = 1 << 13;

    private static final int SHARES = 4;

    /** So many heaps are not on their way at once; small heaps need little beforehand. */
    private static final int MOST_HEAPS = 256;

    /** Half a second to make. */
    private static final long MOST_BYTES = 1 << 30;

    private HeapMemory() {}

    /**
     * The pool of a reception; takes as long as touching its reserve, about half a second a gigabyte.
     *
     * @param memoryBytes what heaps may have of {@code reception.memory}
     */
    static BufferPool of(
            ReceptionSettings reception, long memoryBytes, Optional<StreamPlan> plan, Optional<TelescopeModel> model) {
        boolean otherSideWaits =
                reception.pcapFile().isPresent() || reception.transportProtocol() == TransportProtocol.TCP;
        int reserveBytes = otherSideWaits ? 0 : reserveBytes(memoryBytes, heapBytes(plan, model));
        BufferPool pool = new BufferPool(PoolPolicy.bound(memoryBytes).withReserve(reserveBytes));
        if (pool.heldBytes() < reserveBytes) {
            LOG.warn(
                    "the virtual machine has memory for {} of the {} bytes that are made before the first packet;"
                            + " give it more with -XX:MaxDirectMemorySize, or lower reception.memory",
                    pool.heldBytes(),
                    reserveBytes);
        }
        return pool;
    }

    /** The bytes of the widest stream's heaps; 0 when they are not known, or more than a buffer can hold. */
    static int heapBytes(Optional<StreamPlan> plan, Optional<TelescopeModel> model) {
        if (plan.isEmpty() || model.isEmpty()) {
            return 0;
        }
        long elements = (long) plan.get().widest() * model.get().baselines().count();
        long bytes = elements
                        * ElementLayout.standard(model.get().polarisationCount())
                                .elementBytes()
                + ITEM_BYTES;
        return bytes > Integer.MAX_VALUE ? 0 : (int) bytes;
    }

    /** A quarter of the memory, or as much as many heaps of that size need when it is known; 0 when not one fits. */
    static int reserveBytes(long memoryBytes, int heapBytes) {
        // A buffer is up to a quarter larger than its heap.
        long bufferBytes = heapBytes + heapBytes / 4L;
        long most = heapBytes == 0 ? MOST_BYTES : Math.min(MOST_BYTES, MOST_HEAPS * bufferBytes);
        long bytes = Math.min(most, memoryBytes / SHARES);
        return bytes < bufferBytes ? 0 : (int) bytes;
    }
}
