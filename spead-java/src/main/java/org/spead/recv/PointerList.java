package org.spead.recv;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The item pointers of a heap under assembly: each once, in order of first arrival. Confined to the receive thread.
 *
 * <p>Senders may repeat all pointers in every packet. Then they come in the order they came in before, which a cursor
 * notices without a search; otherwise few pointers are searched one by one and many through a hash table with a secret
 * multiplier, so that no sequence of packets costs quadratic time. Arrays grow and are kept for the next heap.
 */
final class PointerList {
    private static final int SEARCHED_ONE_BY_ONE = 32;
    private static final int FREE = 0;

    private long[] pointers = new long[SEARCHED_ONE_BY_ONE];
    private final long multiplier = ThreadLocalRandom.current().nextLong() | 1;
    private int[] table = {};
    private int size;
    private int cursor;

    int size() {
        return size;
    }

    long get(int index) {
        return pointers[index];
    }

    void clear() {
        if (size > SEARCHED_ONE_BY_ONE) {
            Arrays.fill(table, FREE);
        }
        size = 0;
        cursor = 0;
    }

    /** Tells the cursor that a new packet's pointers follow. */
    void startPacket() {
        cursor = 0;
    }

    /** Whether {@code pointer} is the one that the packet has if it repeats an earlier one; passes over it then. */
    boolean repeatsNext(long pointer) {
        boolean repeated = cursor < size && pointers[cursor] == pointer;
        cursor += repeated ? 1 : 0;
        return repeated;
    }

    /** Whether {@code pointer} is in the list. */
    boolean contains(long pointer) {
        if (repeatsNext(pointer)) {
            return true;
        }
        if (size > SEARCHED_ONE_BY_ONE) {
            int found = table[place(pointer)];
            cursor = found == FREE ? cursor : found;
            return found != FREE;
        }
        for (int i = 0; i < size; i++) {
            if (pointers[i] == pointer) {
                cursor = i + 1;
                return true;
            }
        }
        return false;
    }

    /** Appends {@code pointer} unless it is there. */
    void add(long pointer) {
        if (contains(pointer)) {
            return;
        }
        if (size == pointers.length) {
            pointers = Arrays.copyOf(pointers, size * 2);
        }
        pointers[size++] = pointer;
        cursor = size;
        if (size > SEARCHED_ONE_BY_ONE) {
            index();
        }
    }

    /** Copies the pointers to the start of {@code target}. */
    void copyTo(long[] target) {
        System.arraycopy(pointers, 0, target, 0, size);
    }

    private void index() {
        boolean firstIndexed = size == SEARCHED_ONE_BY_ONE + 1;
        boolean tooFull = size * 2 > table.length;
        if (tooFull) {
            table = new int[Integer.highestOneBit(size) * 4];
        }
        for (int i = firstIndexed || tooFull ? 0 : size - 1; i < size; i++) {
            table[place(pointers[i])] = i + 1;
        }
    }

    /** Where in the table {@code pointer} is, or would be put. */
    private int place(long pointer) {
        int mask = table.length - 1;
        int place = (int) ((pointer * multiplier) >>> Long.numberOfLeadingZeros(mask));
        while (table[place] != FREE && pointers[table[place] - 1] != pointer) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
