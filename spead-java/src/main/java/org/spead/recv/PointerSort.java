package org.spead.recv;

import org.spead.item.ItemPointer;

/**
 * Stable order of item pointers: addressed ones by address, then immediates by value. Confined to the receive thread.
 *
 * <p>Few pointers are sorted by insertion, as they are mostly in order already; many by merging, so that hostile packets
 * cannot buy quadratic time.
 */
final class PointerSort {
    private static final int RUN = 32;
    private static final long AFTER_ALL_ADDRESSES = 1L << 62;

    private long[] scratch = {};

    /** Sorts the first {@code count} elements. */
    void sort(long[] pointers, int count, int heapAddressBits) {
        for (int from = 0; from < count; from += RUN) {
            insertionSort(pointers, from, Math.min(from + RUN, count), heapAddressBits);
        }
        if (count > RUN && scratch.length < count) {
            scratch = new long[pointers.length];
        }
        for (int run = RUN; run < count; run *= 2) {
            for (int from = 0; from + run < count; from += 2 * run) {
                merge(pointers, from, from + run, Math.min(from + 2 * run, count), heapAddressBits);
            }
        }
    }

    private static void insertionSort(long[] pointers, int from, int to, int heapAddressBits) {
        for (int i = from + 1; i < to; i++) {
            long pointer = pointers[i];
            long key = key(pointer, heapAddressBits);
            int place = i;
            while (place > from && key(pointers[place - 1], heapAddressBits) > key) {
                pointers[place] = pointers[place - 1];
                place--;
            }
            pointers[place] = pointer;
        }
    }

    private void merge(long[] pointers, int from, int middle, int to, int heapAddressBits) {
        System.arraycopy(pointers, from, scratch, from, middle - from);
        int left = from;
        int right = middle;
        for (int out = from; left < middle; out++) {
            boolean takeRight =
                    right < to && key(pointers[right], heapAddressBits) < key(scratch[left], heapAddressBits);
            pointers[out] = takeRight ? pointers[right++] : scratch[left++];
        }
    }

    private static long key(long pointer, int heapAddressBits) {
        long value = ItemPointer.value(pointer, heapAddressBits);
        return ItemPointer.isImmediate(pointer) ? value | AFTER_ALL_ADDRESSES : value;
    }
}
