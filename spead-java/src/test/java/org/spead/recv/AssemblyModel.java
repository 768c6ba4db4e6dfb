package org.spead.recv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Heap assembly written for clarity alone: a flag for each byte, lists for everything, and packets as what they mean
 * rather than as bytes. The oracle of {@link AssemblyPropertyTest}.
 */
final class AssemblyModel {
    /** An item pointer. */
    record Pointer(boolean immediate, int id, long value) {}

    /** A packet; {@code heapLength} is -1 when not stated. */
    record Packet(long cnt, int heapLength, int offset, List<Integer> payload, List<Pointer> pointers) {}

    private static final class Live {
        final long cnt;
        final long birth;
        int length = -1;
        int furthestEnd;
        final boolean[] has = new boolean[AssemblyPropertyTest.LARGEST_HEAP * 2];
        final int[] bytes = new int[AssemblyPropertyTest.LARGEST_HEAP * 2];
        final List<Pointer> pointers = new ArrayList<>();

        Live(long cnt, long birth) {
            this.cnt = cnt;
            this.birth = birth;
        }

        int received() {
            int count = 0;
            for (boolean present : has) {
                count += present ? 1 : 0;
            }
            return count;
        }

        int extent() {
            int extent = Math.max(furthestEnd, length);
            for (Pointer pointer : pointers) {
                extent = pointer.immediate() ? extent : Math.max(extent, (int) pointer.value());
            }
            return extent;
        }
    }

    final List<String> delivered = new ArrayList<>();
    private final int maxHeaps;
    private final int substreams;
    private final boolean anyOrder;
    private final List<Live> live = new ArrayList<>();
    private final long[] births;

    AssemblyModel(int maxHeaps, int substreams, boolean anyOrder) {
        this.maxHeaps = maxHeaps;
        this.substreams = substreams;
        this.anyOrder = anyOrder;
        this.births = new long[substreams];
    }

    void give(Packet packet) {
        Live heap = packet.payload().size() == packet.heapLength() ? null : youngest(packet.cnt());
        if (heap == null) {
            if (!anyOrder && packet.offset() != 0) {
                return;
            }
            heap = begin(packet.cnt());
        } else if (contradicts(heap, packet) || misplaced(heap, packet)) {
            return;
        }
        if (packet.heapLength() >= 0) {
            heap.length = packet.heapLength();
        }
        for (Pointer pointer : packet.pointers()) {
            if (!heap.pointers.contains(pointer)) {
                heap.pointers.add(pointer);
            }
        }
        heap.furthestEnd =
                Math.max(heap.furthestEnd, packet.offset() + packet.payload().size());
        for (int i = 0; i < packet.payload().size(); i++) {
            heap.has[packet.offset() + i] = true;
            heap.bytes[packet.offset() + i] = packet.payload().get(i);
        }
        if (heap.received() == heap.length && heap.extent() == heap.length) {
            live.remove(heap);
            deliver(heap);
        }
    }

    void end() {
        live.stream()
                .sorted(Comparator.comparingLong((Live heap) -> heap.cnt % substreams)
                        .thenComparingLong(heap -> heap.birth))
                .forEach(this::deliver);
    }

    private Live youngest(long cnt) {
        return live.stream()
                .filter(heap -> heap.cnt == cnt)
                .max(Comparator.comparingLong(heap -> heap.birth))
                .orElse(null);
    }

    private Live begin(long cnt) {
        int substream = (int) (cnt % substreams);
        long birth = births[substream]++;
        for (Live heap : List.copyOf(live)) {
            if (heap.cnt % substreams == substream && heap.birth == birth - maxHeaps) {
                live.remove(heap);
                deliver(heap);
            }
        }
        Live heap = new Live(cnt, birth);
        live.add(heap);
        return heap;
    }

    private static boolean contradicts(Live heap, Packet packet) {
        int stated = packet.heapLength();
        return stated >= 0 && ((heap.length >= 0 && stated != heap.length) || stated < heap.extent());
    }

    private boolean misplaced(Live heap, Packet packet) {
        int end = packet.offset() + packet.payload().size();
        if (!anyOrder) {
            return packet.offset() != heap.received();
        }
        for (int i = packet.offset(); i < end; i++) {
            if (heap.has[i]) {
                return true;
            }
        }
        return packet.offset() == end && heap.has[end];
    }

    private void deliver(Live heap) {
        if (heap.received() == heap.extent()) {
            delivered.add("heap " + heap.cnt + " " + items(heap));
        } else {
            List<String> immediates = new ArrayList<>();
            for (Pointer pointer : sorted(heap)) {
                if (pointer.immediate() && pointer.id() != 0) {
                    immediates.add(pointer.id() + "=" + pointer.value());
                }
            }
            delivered.add("incomplete " + heap.cnt + " " + heap.length + " " + ranges(heap) + " " + immediates);
        }
    }

    private static List<Pointer> sorted(Live heap) {
        return heap.pointers.stream()
                .sorted(Comparator.comparing(Pointer::immediate).thenComparingLong(Pointer::value))
                .toList();
    }

    private static List<String> items(Live heap) {
        Set<Integer> cuts = new HashSet<>(Set.of(heap.extent()));
        heap.pointers.stream().filter(p -> !p.immediate()).forEach(p -> cuts.add((int) p.value()));
        List<String> items = new ArrayList<>();
        List<Pointer> pointers = sorted(heap);
        for (int i = 0; i < pointers.size(); i++) {
            Pointer pointer = pointers.get(i);
            if (pointer.immediate()) {
                items.add(pointer.id() == 0 ? "" : pointer.id() + "=" + pointer.value());
            } else {
                boolean lastAtItsAddress = i + 1 == pointers.size()
                        || pointers.get(i + 1).immediate()
                        || pointers.get(i + 1).value() != pointer.value();
                int start = (int) pointer.value();
                int end = cuts.stream()
                        .filter(cut -> cut > start)
                        .mapToInt(cut -> cut)
                        .min()
                        .orElse(start);
                boolean shown = lastAtItsAddress && end > start && pointer.id() != 0;
                items.add(
                        shown ? pointer.id() + ":" + Arrays.toString(Arrays.copyOfRange(heap.bytes, start, end)) : "");
            }
        }
        items.removeIf(String::isEmpty);
        return items;
    }

    private static List<String> ranges(Live heap) {
        List<String> ranges = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < heap.has.length; i++) {
            if (heap.has[i] && start < 0) {
                start = i;
            } else if (!heap.has[i] && start >= 0) {
                ranges.add(start + "-" + i);
                start = -1;
            }
        }
        return ranges;
    }
}
