package org.spead.recv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which bytes of a heap have arrived: disjoint ranges in ascending order, neighbours that touch merged. Confined to the
 * receive thread; arrays grow and are kept for the next heap.
 */
final class RangeList {
    private long[] starts = new long[8];
    private long[] ends = new long[8];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Whether none of the bytes from {@code start} to before {@code end} has arrived, nor, if there are none, is within. */
    boolean isFree(long start, long end) {
        int next = firstAfter(start);
        return (next == 0 || ends[next - 1] <= start) && (next == size || end <= starts[next]);
    }

    /** Adds bytes that {@linkplain #isFree are free}. */
    void add(long start, long end) {
        if (start == end) {
            return;
        }
        int next = firstAfter(start);
        boolean touchesPrevious = next > 0 && ends[next - 1] == start;
        boolean touchesNext = next < size && starts[next] == end;
        if (touchesPrevious && touchesNext) {
            ends[next - 1] = ends[next];
            remove(next);
        } else if (touchesPrevious) {
            ends[next - 1] = end;
        } else if (touchesNext) {
            starts[next] = start;
        } else {
            insert(next, start, end);
        }
    }

    List<PayloadRange> toList() {
        List<PayloadRange> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(new PayloadRange(starts[i], ends[i]));
        }
        return List.copyOf(list);
    }

    /** Index of the first range that starts after {@code position}. */
    private int firstAfter(long position) {
        if (size == 0 || starts[size - 1] <= position) {
            return size;
        }
        int place = Arrays.binarySearch(starts, 0, size, position);
        return place >= 0 ? place + 1 : -1 - place;
    }

    private void insert(int index, long start, long end) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        System.arraycopy(starts, index, starts, index + 1, size - index);
        System.arraycopy(ends, index, ends, index + 1, size - index);
        starts[index] = start;
        ends[index] = end;
        size++;
    }

    private void remove(int index) {
        size--;
        System.arraycopy(starts, index + 1, starts, index, size - index);
        System.arraycopy(ends, index + 1, ends, index, size - index);
    }
}
