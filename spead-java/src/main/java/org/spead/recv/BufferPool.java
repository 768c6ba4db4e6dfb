package org.spead.recv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.function.IntFunction;

/**
 * Payload memory of one or several streams: direct buffers that circulate. Thread-safe.
 *
 * <p>Bounded: the capacities of all buffers, lent and idle, never add up to more than the bound. At the bound
 * {@link #acquire} returns {@code null}, it neither waits nor throws. Capacities come in four classes an octave, so at most
 * a quarter of a buffer is surplus, unless a {@link PoolPolicy} sets a size apart. Idle buffers of an unwanted class are given
 * up only when the bound is in the way; the memory itself goes back when the collector gets to it, as that of all direct
 * buffers. What the policy has as a reserve is lent before others, and given up last, when nothing of it is lent.
 */
public final class BufferPool {
    /** Of no bytes, and nobody's. */
    static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0).order(ByteOrder.BIG_ENDIAN);

    private final PoolPolicy policy;
    private final IntFunction<ByteBuffer> allocator;
    private final Object lock = new Object();
    private final Reserve reserve;
    private final IdleBuffers idle = new IdleBuffers();
    private final ArrayDeque<ByteBuffer> setApart = new ArrayDeque<>();
    private long lentBytes;
    private long refusals;
    private long allocations;
    private long emptyCount;

    /** Makes an empty pool; memory is taken when it is asked for. */
    public BufferPool(long boundBytes) {
        this(PoolPolicy.bound(boundBytes));
    }

    /** Makes a pool that has the policy's reserve and initial buffers, or a part of those that the virtual machine has memory for. */
    public BufferPool(PoolPolicy policy) {
        this(policy, ByteBuffer::allocateDirect);
    }

    BufferPool(PoolPolicy policy, IntFunction<ByteBuffer> allocator) {
        this.policy = policy;
        this.allocator = allocator;
        this.reserve = new Reserve(policy.reserveBytes(), allocator);
        if (reserve.bytes() < policy.reserveBytes()) {
            refusals++;
        }
        makeInitial();
    }

    private void makeInitial() {
        try {
            for (int i = 0; i < policy.initial(); i++) {
                setApart.add(allocator.apply(policy.upperBytes()).order(ByteOrder.BIG_ENDIAN));
            }
        } catch (OutOfMemoryError e) {
            // What is missing is missed when it is asked for: see allocate. Others, such as sockets, need some of what
            // there is.
            refusals++;
            for (int surplus = (setApart.size() + 1) / 2; surplus > 0; surplus--) {
                setApart.poll();
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
        int capacity = isSetApart ? policy.upperBytes() : IdleBuffers.capacityFor(bytes);
        synchronized (lock) {
            ByteBuffer buffer = isSetApart ? setApart.poll() : pollOrCut(capacity);
            if (buffer == null && isSetApart) {
                emptyCount++;
            }
            if (buffer == null && held() + capacity > policy.boundBytes()) {
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
        if (!buffer.isDirect() || (!isSetApart && IdleBuffers.capacityFor(capacity) != capacity)) {
            throw new IllegalArgumentException("a buffer of " + capacity + " bytes is not this pool's");
        }
        synchronized (lock) {
            lentBytes -= capacity;
            if (reserve.takeBack(buffer)) {
                return;
            }
            if (!isSetApart) {
                idle.push(buffer);
            } else if (setApart.size() < policy.maxFree()) {
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
            return held();
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

    private long held() {
        return reserve.bytes()
                + lentBytes
                - reserve.lentBytes()
                + idle.bytes()
                + (long) setApart.size() * policy.upperBytes();
    }

    private ByteBuffer pollOrCut(int capacity) {
        ByteBuffer buffer = reserve.lend(capacity);
        return buffer == null ? idle.poll(capacity) : buffer;
    }

    /** An idle buffer of another size that is large enough. */
    private ByteBuffer pollLarger(int bytes) {
        ByteBuffer buffer = reserve.lendAtLeast(bytes);
        if (buffer == null) {
            buffer = idle.pollAtLeast(bytes);
        }
        return buffer == null && bytes <= policy.upperBytes() ? setApart.poll() : buffer;
    }

    /** Gives up idle buffers, largest first, those set apart and the reserve last, until {@code capacity} more are within the bound. */
    private boolean giveUpIdleFor(int capacity) {
        long stays = lentBytes - reserve.lentBytes() + (reserve.lentBytes() > 0 ? reserve.bytes() : 0);
        if (stays + capacity > policy.boundBytes()) {
            return false;
        }
        while (held() + capacity > policy.boundBytes()) {
            if (idle.pollLargest() == null && setApart.poll() == null) {
                reserve.giveUp();
            }
        }
        return true;
    }
}
