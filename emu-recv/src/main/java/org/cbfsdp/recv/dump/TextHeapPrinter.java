package org.cbfsdp.recv.dump;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spead.item.BugCompat;
import org.spead.item.Descriptor;
import org.spead.item.DescriptorDecoder;
import org.spead.item.Item;
import org.spead.item.ItemGroup;
import org.spead.item.ItemId;
import org.spead.item.ItemUpdate;
import org.spead.item.ItemValue;
import org.spead.item.RawItem;
import org.spead.recv.Heap;
import org.spead.recv.IncompleteHeap;

/** Prints for people: a line a heap, a line an item under it, the counters at last. */
public final class TextHeapPrinter implements HeapPrinter {
    /** Longer values are told by their type and shape alone. */
    private static final int SHOWN = 8;

    private final PrintWriter out;
    private final boolean descriptors;
    private long heaps;

    /**
     * Prints to {@code out}, which stays open.
     *
     * @param descriptors whether to print them too
     */
    public TextHeapPrinter(PrintWriter out, boolean descriptors) {
        this.out = out;
        this.descriptors = descriptors;
    }

    @Override
    public void heap(Heap heap, ItemGroup items) {
        heaps++;
        out.println("heap " + heap.cnt() + ", " + heap.flavour() + ", " + heap.itemCount() + " items, "
                + heap.payload().limit() + " bytes"
                + (heap.isStartOfStream() ? ", start of stream" : "")
                + (heap.isEndOfStream() ? ", end of stream" : ""));
        ItemUpdate update = items.update(heap.items());
        for (RawItem raw : heap.items()) {
            if (raw.id() == ItemId.DESCRIPTOR) {
                describe(raw, heap.flavour().bugCompat());
            } else {
                item(raw, items.get(raw.id()), update);
            }
        }
        if (!update.isComplete()) {
            out.println("  item " + hex(update.faultItemId()) + " cannot be read: "
                    + update.fault().text());
        }
    }

    private void describe(RawItem raw, BugCompat bugCompat) {
        if (!descriptors) {
            return;
        }
        List<Descriptor> decoded = new ArrayList<>();
        new DescriptorDecoder(bugCompat).decode(raw.bytes(), decoded);
        for (Descriptor descriptor : decoded) {
            out.println("  descriptor " + hex(descriptor.id()) + " " + printable(descriptor.name()) + ": "
                    + (descriptor.numpyHeader() == null
                            ? descriptor.format() + " " + descriptor.shape()
                            : printable(descriptor.numpyHeader()))
                    + ", " + printable(descriptor.description()));
        }
    }

    private void item(RawItem raw, Item item, ItemUpdate update) {
        StringBuilder line = new StringBuilder("  item ").append(hex(raw.id()));
        line.append(item == null ? "" : " " + printable(item.name()));
        line.append(", ").append(raw.bytes().remaining()).append(" bytes");
        if (raw.immediate()) {
            line.append(", immediate 0x").append(Long.toHexString(raw.immediateValue()));
        }
        if (item != null && update.updated().contains(item)) {
            line.append(": ").append(shown(item.value()));
        }
        out.println(line);
    }

    private static String shown(ItemValue value) {
        if (value.isText()) {
            String text = value.asText();
            return '"' + printable(text.length() > 200 ? text.substring(0, 200) + "..." : text) + '"';
        }
        if (value.shape().rank() == 0) {
            return value.dtype() + " " + value.element(0);
        }
        return value.elementCount() <= SHOWN ? value + " " + value.elements() : value.toString();
    }

    @Override
    public void incompleteHeap(IncompleteHeap heap) {
        heaps++;
        out.println("heap " + heap.cnt() + ", " + heap.flavour() + ", incomplete: " + heap.receivedLength() + " of "
                + (heap.heapLength() < 0 ? "unknown" : heap.heapLength()) + " bytes, " + heap.payloadRanges());
        for (RawItem raw : heap.items()) {
            if (raw.immediate()) {
                out.println("  item " + hex(raw.id()) + ", " + raw.bytes().remaining() + " bytes, immediate 0x"
                        + Long.toHexString(raw.immediateValue()));
            }
        }
    }

    @Override
    public void stats(Map<String, Long> stats) {
        out.println("Received " + heaps + " heaps");
        stats.forEach((name, count) -> out.println(name + ": " + count));
        out.flush();
    }

    @Override
    public boolean isBroken() {
        return out.checkError();
    }

    private static String hex(int id) {
        return String.format(Locale.ROOT, "0x%04x", id);
    }

    /** What came from the network must not steer a terminal. */
    private static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> safe.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return safe.toString();
    }
}
