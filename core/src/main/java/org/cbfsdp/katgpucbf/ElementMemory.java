package org.cbfsdp.katgpucbf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory for converted heaps of one or several streams: direct buffers that circulate. Thread-safe; makes no garbage once the heaps
 * have the sizes they had before.
 *
 * <p>Bounded: all buffers together, lent and idle, never have more bytes than that. At the bound it has none to lend, and idle ones of
 * other sizes are given up first.
 */
public final class ElementMemory {
    private final long boundBytes;
    private final List<Block> idle = new ArrayList<>();
    private long heldBytes;

    /** Empty; memory is taken when it is asked for. */
    public ElementMemory(long boundBytes) {
        this.boundBytes = boundBytes;
    }

    /**
     * A piece of memory.
     *
     * @param elements to be written, little-endian
     * @param view the same, not to be written
     */
    record Block(ByteBuffer elements, ByteBuffer view) {
        private static Block of(int bytes) {
            ByteBuffer elements = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
            return new Block(elements, elements.asReadOnlyBuffer());
        }

        /** As if it were new: whoever had it before may have moved its position and limit, and set its byte order. */
        private Block renewed() {
            view.clear().order(ByteOrder.BIG_ENDIAN);
            return this;
        }
    }

    /** A block of exactly so many bytes, contents undefined; null when there is no memory. */
    synchronized Block acquire(int bytes) {
        for (int i = idle.size() - 1; i >= 0; i--) {
            if (idle.get(i).elements().capacity() == bytes) {
                Block block = idle.get(i);
                // The last takes its place, so that nothing is moved.
                idle.set(i, idle.get(idle.size() - 1));
                idle.remove(idle.size() - 1);
                return block.renewed();
            }
        }
        while (heldBytes + bytes > boundBytes && !idle.isEmpty()) {
            heldBytes -= idle.remove(idle.size() - 1).elements().capacity();
        }
        if (heldBytes + bytes > boundBytes) {
            return null;
        }
        try {
            Block block = Block.of(bytes);
            heldBytes += bytes;
            return block;
        } catch (OutOfMemoryError e) {
            // The virtual machine's limit of direct memory is below ours; to the stream it is the same shortage.
            return null;
        }
    }

    /** Takes a block back; whoever gives it must not touch it again. */
    synchronized void release(Block block) {
        idle.add(block);
    }

    /** Bytes of all blocks. */
    synchronized long heldBytes() {
        return heldBytes;
    }
}
