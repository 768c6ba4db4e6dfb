package org.cbfsdp.recv.consumer.mswriter;

import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.VisibilityDump;

/**
 * Dumps in set order: the one that is written, and beside it, when asked for, the next, which a thread of its own places meanwhile.
 * Confined to the consumer's thread.
 */
final class DumpBlocks implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(DumpBlocks.class);

    private final DumpPlacement placement;
    /** Null when every dump is placed by the consumer's thread. */
    private final PlacingThread thread;

    private DumpBlock block;
    /** The dump that the block holds untouched, or null. */
    private VisibilityDump placed;

    private DumpBlock spare;
    /** The dump that is being placed in the spare block, or null. */
    private VisibilityDump underWay;

    /**
     * Makes everything ready.
     *
     * @param ahead whether the next dump is placed while one is written, which takes a second block
     */
    DumpBlocks(Supplier<DumpBlock> blocks, Supplier<DumpPlacement> placements, boolean ahead) {
        this.placement = placements.get();
        this.block = blocks.get();
        this.spare = ahead ? spare(blocks) : null;
        this.thread = spare == null ? null : PlacingThread.start(placements.get());
    }

    /** Null when there is no memory for a second block; one is enough. */
    private static DumpBlock spare(Supplier<DumpBlock> blocks) {
        try {
            return blocks.get();
        } catch (OutOfMemoryError e) {
            LOG.warn("there is no memory for a second dump in the set's order: one thread places and writes them");
            return null;
        }
    }

    /** Begins to place the dump after the one that is placed next. */
    void prepare(VisibilityDump dump) {
        if (thread != null) {
            settle();
            underWay = dump;
            thread.give(dump, spare);
        }
    }

    /**
     * Places a dump, unless the thread has done so.
     *
     * @return the block that holds it, the caller's to change until the next call
     */
    DumpBlock place(VisibilityDump dump) {
        if (dump == underWay) {
            settle();
        }
        if (dump != placed) {
            placement.place(dump, block);
        }
        placed = null;
        return block;
    }

    /** Places a dump anew in the block that {@link #place} returned for it and the caller has changed. */
    void restore(VisibilityDump dump) {
        placement.place(dump, block);
    }

    /** Waits for the dump under way and makes its block the one at hand. */
    private void settle() {
        if (underWay != null) {
            boolean done = thread.await();
            DumpBlock former = block;
            block = spare;
            spare = former;
            placed = done ? underWay : null;
            underWay = null;
        }
    }

    /** Ends the thread; no dump is read afterwards. Idempotent. */
    @Override
    public void close() {
        if (thread != null) {
            thread.close();
        }
    }
}
