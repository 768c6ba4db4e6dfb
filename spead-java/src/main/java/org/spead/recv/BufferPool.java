package org.spead.recv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Payload memory of one or several streams: direct buffers that circulate. Thread-safe.
 *
 * <p>Bounded: the capacities of all buffers, lent and idle, never add up to more than the bound. At the bound
 * {@link #acquire} returns {@code null}, it neither waits nor throws. Capacities come in four classes an octave, so at most
 * a quarter of a buffer is surplus, unless a {@link PoolPolicy} sets a size apart. Idle buffers of an unwanted class are given
 * up only when the bound is in the way; the memory itself goes back when the collector gets to it, as that of all direct
 * buffers.
 */
public final class BufferPool {
    private static final int CLASSES_PER_OCTAVE = 4;
    private static final int SMALLEST_SHIFT = 6;
    private static final int SMALLEST_BYTES = CLASSES_PER_OCTAVE << SMALLEST_SHIFT;
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0).order(ByteOrder.BIG_ENDIAN);

    private final PoolPolicy policy;
    private final IntFunction<ByteBuffer> allocator;
    private final Object lock = new Object();
    private final List<ArrayDeque<ByteBuffer>> idle = new ArrayList<>();
    private final ArrayDeque<ByteBuffer> setApart = new ArrayDeque<>();
    private long lentBytes;
    private long idleBytes;
    private long refusals;
    private long allocations;
    private long emptyCount;

    /** Makes an empty pool; memory is taken when it is asked for. */
    public BufferPool(long boundBytes) {
        this(PoolPolicy.bound(boundBytes));
    }

    /** Makes a pool that has the policy's initial buffers, or half of those that the virtual machine has memory for. */
    public BufferPool(PoolPolicy policy) {
        this(policy, ByteBuffer::allocateDirect);
    }

    BufferPool(PoolPolicy policy, IntFunction<ByteBuffer> allocator) {
        this.policy = policy;
        this.allocator = allocator;
        for (int i = 0; i <= classOf(Integer.MAX_VALUE); i++) {
            idle.add(new ArrayDeque<>());
        }
        makeInitial();
    }

    private void makeInitial() {
        try {
            for (int i = 0; i < policy.initial(); i++) {
                setApart.add(allocator.apply(policy.upperBytes()).order(ByteOrder.BIG_ENDIAN));
                idleBytes += policy.upperBytes();
            }
        } catch (OutOfMemoryError e) {
            // What is missing is missed when it is asked for: see allocate. Others, such as sockets, need some of what
            // there is.
            refusals++;
            for (int surplus = (setApart.size() + 1) / 2; surplus > 0; surplus--) {
                pollIdle(setApart);
            }
        }
    }

    /**
     * Lends a big-endian direct buffer of at least {@code bytes}, position 0, limit at capacity, contents undefined.
     *
     * @return the buffer, or {@code null} when the bound (or the virtual machine's own) leaves no room
     */
    public ByteBuffer acquire(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("cannot lend " + bytes + " bytes");
        }
        if (bytes == 0) {
            return NOTHING;
        }
        boolean isSetApart = policy.isSetApart(bytes);
        int capacity = isSetApart ? policy.upperBytes() : bytesOf(classOf(bytes));
        synchronized (lock) {
            ByteBuffer buffer = isSetApart ? pollIdle(setApart) : pollIdle(idle.get(classOf(bytes)));
            if (buffer == null && isSetApart) {
                emptyCount++;
            }
            if (buffer == null && lentBytes + idleBytes + capacity > policy.boundBytes()) {
                buffer = pollLarger(bytes);
                if (buffer == null && !giveUpIdleFor(capacity)) {
                    refusals++;
                    return null;
                }
            }
            if (buffer != null) {
                lentBytes += buffer.capacity();
                return buffer.clear();
            }
            lentBytes += capacity;
            allocations++;
        }
        return allocate(capacity);
    }

    /** Takes a lent buffer back; whoever gives it must not touch it again. */
    public void release(ByteBuffer buffer) {
        int capacity = buffer.capacity();
        if (capacity == 0) {
            return;
        }
        boolean isSetApart = capacity == policy.upperBytes();
        if (!buffer.isDirect() || (!isSetApart && bytesOf(classOf(capacity)) != capacity)) {
            throw new IllegalArgumentException("a buffer of " + capacity + " bytes is not this pool's");
        }
        synchronized (lock) {
            lentBytes -= capacity;
            if (!isSetApart) {
                idleBytes += capacity;
                idle.get(classOf(capacity)).push(buffer);
            } else if (setApart.size() < policy.maxFree()) {
                idleBytes += capacity;
                setApart.push(buffer);
            }
        }
    }

    /** How this pool holds memory. */
    public PoolPolicy policy() {
        return policy;
    }

    /** The bound, in bytes. */
    public long boundBytes() {
        return policy.boundBytes();
    }

    /** Bytes of all buffers, lent and idle. */
    public long heldBytes() {
        synchronized (lock) {
            return lentBytes + idleBytes;
        }
    }

    /** Bytes of the buffers that are lent now. */
    public long lentBytes() {
        synchronized (lock) {
            return lentBytes;
        }
    }

    /** How often {@link #acquire} had nothing to give. */
    public long refusals() {
        synchronized (lock) {
            return refusals;
        }
    }

    /** How often new memory had to be made, the initial buffers not counted; in a steady state it does not grow. */
    public long allocations() {
        synchronized (lock) {
            return allocations;
        }
    }

    /** How often a buffer of the size set apart was wanted and none was idle: the pool should have had more of them. */
    public long emptyCount() {
        synchronized (lock) {
            return emptyCount;
        }
    }

    private ByteBuffer allocate(int capacity) {
        try {
            return allocator.apply(capacity).order(ByteOrder.BIG_ENDIAN);
        } catch (OutOfMemoryError e) {
            // The virtual machine's limit of direct memory is below the pool's; to the stream it is the same shortage.
            synchronized (lock) {
                lentBytes -= capacity;
                refusals++;
            }
            return null;
        }
    }

    private ByteBuffer pollIdle(ArrayDeque<ByteBuffer> sameSize) {
        ByteBuffer buffer = sameSize.poll();
        if (buffer != null) {
            idleBytes -= buffer.capacity();
        }
        return buffer;
    }

    /** An idle buffer of another size that is large enough. */
    private ByteBuffer pollLarger(int bytes) {
        ByteBuffer buffer = null;
        for (int larger = classOf(bytes); larger < idle.size() && buffer == null; larger++) {
            buffer = pollIdle(idle.get(larger));
        }
        return buffer == null && bytes <= policy.upperBytes() ? pollIdle(setApart) : buffer;
    }

    /** Gives up idle buffers, largest first and those set apart last, until {@code capacity} more are within the bound. */
    private boolean giveUpIdleFor(int capacity) {
        if (lentBytes + capacity > policy.boundBytes()) {
            return false;
        }
        int sizeClass = idle.size() - 1;
        while (lentBytes + idleBytes + capacity > policy.boundBytes()) {
            if (pollIdle(sizeClass < 0 ? setApart : idle.get(sizeClass)) == null) {
                sizeClass--;
            }
        }
        return true;
    }

    /** The smallest class that holds {@code bytes}: 256, 320, 384, 448, 512, 640, ... */
    private static int classOf(int bytes) {
        int wanted = Math.max(bytes, SMALLEST_BYTES);
        int shift = Integer.SIZE - Integer.numberOfLeadingZeros(wanted) - 3;
        int sizeClass = (shift - SMALLEST_SHIFT) * CLASSES_PER_OCTAVE + (wanted >>> shift) - CLASSES_PER_OCTAVE;
        return (wanted & ((1 << shift) - 1)) == 0 ? sizeClass : sizeClass + 1;
    }

    private static int bytesOf(int sizeClass) {
        long steps = (long) CLASSES_PER_OCTAVE + sizeClass % CLASSES_PER_OCTAVE;
        return (int) Math.min(Integer.MAX_VALUE, steps << (sizeClass / CLASSES_PER_OCTAVE + SMALLEST_SHIFT));
    }
}
