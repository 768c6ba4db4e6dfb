package org.spead.recv;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Memory of a pool that is there, and mapped, from the start. Buffers of whatever size are cut from it until it is used up, and then
 * used again for their size; when none of them is lent and another size is wanted, it is cut anew. Guarded by its pool's lock.
 */
final class Reserve {
    /** Less is not worth another try. */
    private static final int LEAST_BYTES = 1 << 20;

    private ByteBuffer memory;
    private final IdleBuffers idle = new IdleBuffers();
    private final Set<ByteBuffer> cut = Collections.newSetFromMap(new IdentityHashMap<>());
    private long lentBytes;

    /** As many bytes as are wanted, or the largest quarter, sixteenth, ... of them that the virtual machine has memory for. */
    Reserve(int wantedBytes, IntFunction<ByteBuffer> allocator) {
        ByteBuffer made = BufferPool.NOTHING;
        int leastBytes = Math.min(wantedBytes, LEAST_BYTES);
        for (int bytes = wantedBytes; bytes > made.capacity() && bytes >= leastBytes; bytes /= 2) {
            try {
                made = allocator.apply(bytes);
            } catch (OutOfMemoryError e) {
                // A quarter may do: what is missing is missed when it is asked for, and others need some of what there
                // is.
                bytes /= 2;
            }
        }
        memory = made.duplicate();
    }

    /** All of it; 0 when there is none, or none any more. */
    int bytes() {
        return memory.capacity();
    }

    /** What is lent of it. */
    long lentBytes() {
        return lentBytes;
    }

    /** A buffer of that capacity, which is one of {@link IdleBuffers#capacityFor}, or null. */
    ByteBuffer lend(int capacity) {
        ByteBuffer buffer = idle.poll(capacity);
        if (buffer == null && memory.capacity() - memory.position() < capacity && lentBytes == 0) {
            idle.clear();
            cut.clear();
            memory.clear();
        }
        if (buffer == null && memory.capacity() - memory.position() >= capacity) {
            buffer = memory.slice(memory.position(), capacity);
            memory.position(memory.position() + capacity);
            cut.add(buffer);
        }
        return noteLent(buffer);
    }

    /** An idle buffer of at least that many bytes, or null. */
    ByteBuffer lendAtLeast(int wanted) {
        return noteLent(idle.pollAtLeast(wanted));
    }

    /** Takes a buffer back, if it is of this memory. */
    boolean takeBack(ByteBuffer buffer) {
        if (!cut.contains(buffer)) {
            return false;
        }
        lentBytes -= buffer.capacity();
        idle.push(buffer);
        return true;
    }

    /** Lets all of it go; only when nothing is lent. */
    void giveUp() {
        idle.clear();
        cut.clear();
        memory = BufferPool.NOTHING.duplicate();
    }

    private ByteBuffer noteLent(ByteBuffer buffer) {
        lentBytes += buffer == null ? 0 : buffer.capacity();
        return buffer;
    }
}
