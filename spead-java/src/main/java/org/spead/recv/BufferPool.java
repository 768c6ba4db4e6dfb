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
 * a quarter of a buffer is surplus. Idle buffers of an unwanted class are given up only when the bound is in the way;
 * the memory itself goes back when the collector gets to it, as that of all direct buffers.
 */
public final class BufferPool {
    private static final int CLASSES_PER_OCTAVE = 4;
    private static final int SMALLEST_SHIFT = 6;
    private static final int SMALLEST_BYTES = CLASSES_PER_OCTAVE << SMALLEST_SHIFT;
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0).order(ByteOrder.BIG_ENDIAN);

    private final long boundBytes;
    private final IntFunction<ByteBuffer> allocator;
    private final Object lock = new Object();
    private final List<ArrayDeque<ByteBuffer>> idle = new ArrayList<>();
    private long lentBytes;
    private long idleBytes;
    private long refusals;

    /** Makes an empty pool; memory is taken when it is asked for. */
    public BufferPool(long boundBytes) {
        this(boundBytes, ByteBuffer::allocateDirect);
    }

    BufferPool(long boundBytes, IntFunction<ByteBuffer> allocator) {
        if (boundBytes <= 0) {
            throw new IllegalArgumentException("a buffer pool needs a bound above 0 bytes, not " + boundBytes);
        }
        this.boundBytes = boundBytes;
        this.allocator = allocator;
        for (int i = 0; i <= classOf(Integer.MAX_VALUE); i++) {
            idle.add(new ArrayDeque<>());
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
        int sizeClass = classOf(bytes);
        int capacity = bytesOf(sizeClass);
        synchronized (lock) {
            ByteBuffer buffer = pollIdle(sizeClass);
            if (buffer == null && lentBytes + idleBytes + capacity > boundBytes) {
                buffer = pollLarger(sizeClass);
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
        }
        return allocate(capacity);
    }

    /** Takes a lent buffer back; whoever gives it must not touch it again. */
    public void release(ByteBuffer buffer) {
        int capacity = buffer.capacity();
        if (capacity == 0) {
            return;
        }
        int sizeClass = classOf(capacity);
        if (bytesOf(sizeClass) != capacity || !buffer.isDirect()) {
            throw new IllegalArgumentException("a buffer of " + capacity + " bytes is not this pool's");
        }
        synchronized (lock) {
            lentBytes -= capacity;
            idleBytes += capacity;
            idle.get(sizeClass).push(buffer);
        }
    }

    /** The bound, in bytes. */
    public long boundBytes() {
        return boundBytes;
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

    private ByteBuffer pollIdle(int sizeClass) {
        ByteBuffer buffer = idle.get(sizeClass).poll();
        if (buffer != null) {
            idleBytes -= buffer.capacity();
        }
        return buffer;
    }

    private ByteBuffer pollLarger(int sizeClass) {
        ByteBuffer buffer = null;
        for (int larger = sizeClass + 1; larger < idle.size() && buffer == null; larger++) {
            buffer = pollIdle(larger);
        }
        return buffer;
    }

    private boolean giveUpIdleFor(int capacity) {
        if (lentBytes + capacity > boundBytes) {
            return false;
        }
        int sizeClass = classOf(capacity);
        while (lentBytes + idleBytes + capacity > boundBytes) {
            if (pollIdle(sizeClass) == null) {
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
