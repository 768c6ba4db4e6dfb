package org.spead.recv;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.spead.item.ItemId;
import org.spead.item.RawItem;

/** Heaps as lines of text, so that expected and received ones can be laid side by side. */
final class HeapText {
    private HeapText() {}

    static String of(JsonNode heap) {
        StringJoiner text = new StringJoiner("\n  ");
        boolean complete = heap.get("complete").asBoolean();
        text.add("heap " + heap.get("cnt").asLong() + " 64-"
                + heap.get("addr_bits").asInt() + " complete=" + complete
                + " start=" + heap.get("start").asBoolean() + " end="
                + heap.get("end").asBoolean());
        for (JsonNode item : heap.get("raw_items")) {
            text.add(
                    item.get("immediate").asBoolean()
                            ? immediate(
                                    item.get("id").asInt(),
                                    item.get("length").asInt(),
                                    item.get("value").asLong())
                            : addressed(
                                    item.get("id").asInt(),
                                    item.get("length").asInt(),
                                    item.get("sha256").asText()));
        }
        if (!complete) {
            text.add("received " + heap.get("received_length").asLong() + " of "
                    + heap.get("heap_length").asLong());
            for (JsonNode range : heap.get("payload_ranges")) {
                text.add(range(range.get(0).asLong(), range.get(1).asLong()));
            }
        }
        return text.toString();
    }

    static String of(Object delivered) {
        if (delivered instanceof Heap heap) {
            return of(heap);
        }
        IncompleteHeap heap = (IncompleteHeap) delivered;
        StringJoiner text = new StringJoiner("\n  ");
        text.add("heap " + heap.cnt() + " 64-" + heap.flavour().heapAddressBits() + " complete=false start="
                + heap.isStartOfStream() + " end=" + heap.isEndOfStream());
        addItems(text, heap.items());
        text.add("received " + heap.receivedLength() + " of " + heap.heapLength());
        heap.payloadRanges().forEach(range -> text.add(range(range.start(), range.end())));
        return text.toString();
    }

    private static String of(Heap heap) {
        StringJoiner text = new StringJoiner("\n  ");
        text.add("heap " + heap.cnt() + " 64-" + heap.flavour().heapAddressBits() + " complete=true start="
                + heap.isStartOfStream() + " end=" + heap.isEndOfStream());
        addItems(text, heap.items());
        return text.toString();
    }

    private static void addItems(StringJoiner text, List<RawItem> items) {
        for (RawItem item : items) {
            if (item.id() == ItemId.DESCRIPTOR) {
                continue;
            }
            int length = item.bytes().remaining();
            text.add(
                    item.immediate()
                            ? immediate(item.id(), length, item.immediateValue())
                            : addressed(item.id(), length, sha256(item.bytes())));
        }
    }

    private static String immediate(int id, int length, long value) {
        return "item " + id + " immediate of " + length + " = " + value;
    }

    private static String addressed(int id, int length, String sha256) {
        return "item " + id + " of " + length + " " + sha256;
    }

    private static String range(long start, long end) {
        return "[" + start + ", " + end + ")";
    }

    private static String sha256(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.duplicate());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
