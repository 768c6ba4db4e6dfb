package org.spead.recv;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Buffers that wait for their next use, by size: four classes an octave, so at most a quarter of a buffer is surplus. Guarded by its
 * owner's lock.
 */
final class IdleBuffers {
    private static final int CLASSES_PER_OCTAVE = 4;
    private static final int SMALLEST_SHIFT = 6;
    private static final int SMALLEST_BYTES = CLASSES_PER_OCTAVE << SMALLEST_SHIFT;

    private final List<ArrayDeque<ByteBuffer>> classes = new ArrayList<>();
    private long bytes;

    IdleBuffers() {
        for (int i = 0; i <= classOf(Integer.MAX_VALUE); i++) {
            classes.add(new ArrayDeque<>());
        }
    }

    /** The capacity of the smallest class that holds {@code bytes}: 256, 320, 384, 448, 512, 640, ... */
    static int capacityFor(int bytes) {
        return bytesOf(classOf(bytes));
    }

    /** Capacities of all together. */
    long bytes() {
        return bytes;
    }

    /** Puts one in; the last in is the first out, as the cache may still hold it. */
    void push(ByteBuffer buffer) {
        bytes += buffer.capacity();
        classes.get(classOf(buffer.capacity())).push(buffer);
    }

    /** One of the smallest class that holds {@code wanted} bytes, or null. */
    ByteBuffer poll(int wanted) {
        return pollClass(classOf(wanted));
    }

    /** One of that class or the next larger that has any, or null. */
    ByteBuffer pollAtLeast(int wanted) {
        ByteBuffer buffer = null;
        for (int i = classOf(wanted); i < classes.size() && buffer == null; i++) {
            buffer = pollClass(i);
        }
        return buffer;
    }

    /** One of the largest there are, or null. */
    ByteBuffer pollLargest() {
        ByteBuffer buffer = null;
        for (int i = classes.size() - 1; i >= 0 && buffer == null; i--) {
            buffer = pollClass(i);
        }
        return buffer;
    }

    /** Forgets all. */
    void clear() {
        classes.forEach(ArrayDeque::clear);
        bytes = 0;
    }

    private ByteBuffer pollClass(int sizeClass) {
        ByteBuffer buffer = classes.get(sizeClass).poll();
        if (buffer != null) {
            bytes -= buffer.capacity();
        }
        return buffer;
    }

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
