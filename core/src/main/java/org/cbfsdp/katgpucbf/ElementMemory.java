package org.cbfsdp.katgpucbf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory for converted heaps of one or several streams: direct buffers that circulate. Thread-safe; makes no garbage while each
 * block is lent for as many bytes as before; for another number it makes a view, of a hundred bytes or two.
 *
 * <p>Bounded, whatever sizes the network asks for. All blocks, lent and idle, have no more bytes than the bound. A block that is given
 * up is memory until the collector has taken it, which may be never in a receiver without garbage; but those given up in a whole
 * reception have no more bytes than the bound either, so that twice the bound is the most there ever is. For blocks are given up only
 * when all idle ones are too small, and from the first time on every new block is as large as any heap may need: such a one is never
 * too small.
 */
public final class ElementMemory {
    private final long boundBytes;
    private final long largestBytes;
    private final int sizeForAll;
    private final List<Block> idle = new ArrayList<>();
    private long heldBytes;
    private long idleBytes;
    private int idleForSome;
    private boolean anyGivenUp;

    /**
     * Empty; memory is taken when it is asked for.
     *
     * @param largestBytes the most that is lent at once: what the widest heap is converted to that a stream may carry; if the bound is
     *     lower, the bound
     */
    public ElementMemory(long boundBytes, long largestBytes) {
        this.boundBytes = boundBytes;
        this.largestBytes = largestBytes;
        this.sizeForAll = (int) Math.min(Integer.MAX_VALUE, Math.min(boundBytes, largestBytes));
    }

    /** A piece of memory, of which as much is seen as was asked for. Belongs to whom it is lent. */
    static final class Block {
        private final ByteBuffer elements;
        private ByteBuffer view;

        private Block(int capacity) {
            elements = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
            view = elements.asReadOnlyBuffer();
        }

        /** To be written, little-endian. */
        ByteBuffer elements() {
            return elements;
        }

        /** The same, not to be written. */
        ByteBuffer view() {
            return view;
        }

        /** As if it were new: whoever had it before may have moved its position and limit, and set its byte order. */
        private Block renewed(int bytes) {
            if (view.capacity() == bytes) {
                view.clear().order(ByteOrder.BIG_ENDIAN);
            } else {
                view = elements.slice(0, bytes).asReadOnlyBuffer();
            }
            return this;
        }
    }

    /** The most that a heap may need, whether or not there is so much. */
    long largestBytes() {
        return largestBytes;
    }

    /** A block of which {@code bytes} are seen, contents undefined; null when there is no memory, or never so much of it. */
    Block acquire(int bytes) {
        int capacity;
        synchronized (this) {
            Block block = takeIdle(bytes);
            if (block != null) {
                return block.renewed(bytes);
            }
            capacity = makeRoom(bytes);
            if (capacity == 0) {
                return null;
            }
            heldBytes += capacity;
        }
        // Not within the monitor, for which consumers wait when they release.
        try {
            return new Block(capacity).renewed(bytes);
        } catch (OutOfMemoryError e) {
            // The virtual machine's limit of direct memory is below ours; to the stream it is the same shortage.
            synchronized (this) {
                heldBytes -= capacity;
            }
            return null;
        }
    }

    /** Takes a block back; whoever gives it must not touch it again. */
    synchronized void release(Block block) {
        idle.add(block);
        idleBytes += block.elements.capacity();
        idleForSome += block.elements.capacity() == sizeForAll ? 0 : 1;
    }

    /** Bytes of all blocks, lent and idle. */
    synchronized long heldBytes() {
        return heldBytes;
    }

    /**
     * One of this size or, when no other can be made within the bound, the smallest that is large enough. When all are blocks for all,
     * only the first is looked at.
     */
    private Block takeIdle(int bytes) {
        int best = -1;
        for (int i = idle.size() - 1; i >= 0; i--) {
            int size = idle.get(i).elements.capacity();
            if (size == bytes || (anyGivenUp && idleForSome == 0 && size > bytes)) {
                return removeIdle(i);
            }
            if (size > bytes && (best < 0 || size < idle.get(best).elements.capacity())) {
                best = i;
            }
        }
        boolean another = !anyGivenUp && heldBytes + bytes <= boundBytes;
        return best >= 0 && !another ? removeIdle(best) : null;
    }

    /** The size of a block that may be made now, 0 when none may; idle ones are all too small, and make room only if that will do. */
    private int makeRoom(int bytes) {
        if (bytes > sizeForAll) {
            return 0;
        }
        if (!anyGivenUp && heldBytes + bytes <= boundBytes) {
            return bytes;
        }
        if (heldBytes - idleBytes + sizeForAll > boundBytes) {
            return 0;
        }
        while (heldBytes + sizeForAll > boundBytes) {
            heldBytes -= removeIdle(idle.size() - 1).elements.capacity();
            anyGivenUp = true;
        }
        return sizeForAll;
    }

    private Block removeIdle(int index) {
        Block block = idle.get(index);
        // The last takes its place, so that nothing is moved.
        idle.set(index, idle.get(idle.size() - 1));
        idle.remove(idle.size() - 1);
        idleBytes -= block.elements.capacity();
        idleForSome -= block.elements.capacity() == sizeForAll ? 0 : 1;
        return block;
    }
}
