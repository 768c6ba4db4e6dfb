package org.cbfsdp.recv.dump;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spead.item.BugCompat;
import org.spead.item.Descriptor;
import org.spead.item.DescriptorDecoder;
import org.spead.item.FormatField;
import org.spead.item.Item;
import org.spead.item.ItemGroup;
import org.spead.item.ItemId;
import org.spead.item.ItemUpdate;
import org.spead.item.ItemValue;
import org.spead.item.RawItem;
import org.spead.recv.Heap;
import org.spead.recv.IncompleteHeap;
import org.spead.recv.PayloadRange;

/**
 * Prints one JSON object a line: each heap, and at last the counters. Keys and values are those of the reference vectors
 * (see their README). Not a number and infinity are {@code NaN}, {@code Infinity} and {@code -Infinity}, as Python's
 * reader takes them.
 */
public final class JsonHeapPrinter implements HeapPrinter {
    /** Longest item whose bytes are printed, and most elements of a value that is. */
    private static final int SHOWN = 64;

    private final PrintWriter out;
    private final JsonGenerator json;
    private final MessageDigest sha256;

    /** Prints to {@code out}, which stays open. */
    public JsonHeapPrinter(PrintWriter out) {
        this.out = out;
        try {
            json = new JsonFactoryBuilder()
                    .rootValueSeparator((String) null)
                    .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build()
                    .createGenerator(out);
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The body of one line. */
    private interface Line {
        void write() throws IOException;
    }

    private void line(Line body) {
        try {
            json.writeStartObject();
            body.write();
            json.writeEndObject();
            json.flush();
            out.println();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void heap(Heap heap, ItemGroup items) {
        line(() -> {
            writeHead(
                    heap.cnt(),
                    heap.flavour().heapAddressBits(),
                    true,
                    heap.isStartOfStream(),
                    heap.isEndOfStream(),
                    heap.items());
            List<Descriptor> descriptors = new ArrayList<>();
            DescriptorDecoder decoder = new DescriptorDecoder(heap.flavour().bugCompat());
            for (RawItem raw : heap.items()) {
                if (raw.id() == ItemId.DESCRIPTOR) {
                    decoder.decode(raw.bytes(), descriptors);
                }
            }
            writeDescriptors(descriptors);
            writeItems(
                    items.update(heap.items()),
                    descriptors,
                    heap.items(),
                    heap.flavour().bugCompat());
        });
    }

    @Override
    public void incompleteHeap(IncompleteHeap heap) {
        line(() -> {
            writeHead(
                    heap.cnt(),
                    heap.flavour().heapAddressBits(),
                    false,
                    heap.isStartOfStream(),
                    heap.isEndOfStream(),
                    heap.items());
            json.writeNumberField("heap_length", heap.heapLength());
            json.writeNumberField("received_length", heap.receivedLength());
            json.writeArrayFieldStart("payload_ranges");
            for (PayloadRange range : heap.payloadRanges()) {
                json.writeStartArray();
                json.writeNumber(range.start());
                json.writeNumber(range.end());
                json.writeEndArray();
            }
            json.writeEndArray();
        });
    }

    @Override
    public void stats(Map<String, Long> stats) {
        line(() -> {
            json.writeObjectFieldStart("stats");
            for (Map.Entry<String, Long> stat : stats.entrySet()) {
                json.writeNumberField(stat.getKey(), stat.getValue());
            }
            json.writeEndObject();
        });
    }

    @Override
    public boolean isBroken() {
        return out.checkError();
    }

    private void writeHead(long cnt, int addressBits, boolean complete, boolean start, boolean end, List<RawItem> items)
            throws IOException {
        json.writeNumberField("cnt", cnt);
        json.writeNumberField("addr_bits", addressBits);
        json.writeBooleanField("complete", complete);
        json.writeBooleanField("start", start);
        json.writeBooleanField("end", end);
        json.writeArrayFieldStart("raw_items");
        for (RawItem raw : items) {
            if (raw.id() != ItemId.DESCRIPTOR) {
                writeRaw(raw);
            }
        }
        json.writeEndArray();
    }

    private void writeRaw(RawItem raw) throws IOException {
        int length = raw.bytes().remaining();
        json.writeStartObject();
        json.writeNumberField("id", raw.id());
        json.writeBooleanField("immediate", raw.immediate());
        json.writeNumberField("length", length);
        if (raw.immediate()) {
            json.writeNumberField("value", raw.immediateValue());
        } else {
            json.writeStringField("sha256", sha256(raw.bytes()));
            if (length <= SHOWN) {
                byte[] bytes = new byte[length];
                raw.bytes().duplicate().get(bytes);
                json.writeStringField("hex", HexFormat.of().formatHex(bytes));
            }
        }
        json.writeEndObject();
    }

    private void writeDescriptors(List<Descriptor> descriptors) throws IOException {
        json.writeArrayFieldStart("descriptors");
        for (Descriptor descriptor : descriptors) {
            json.writeStartObject();
            json.writeNumberField("id", descriptor.id());
            json.writeStringField("name", descriptor.name());
            json.writeStringField("description", descriptor.description());
            json.writeFieldName("shape");
            JsonValues.writeShape(json, descriptor.shape());
            json.writeArrayFieldStart("format");
            for (FormatField field : descriptor.format()) {
                json.writeStartArray();
                json.writeString(String.valueOf(field.code()));
                json.writeNumber(field.bits());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeStringField("numpy_header", descriptor.numpyHeader() == null ? "" : descriptor.numpyHeader());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeItems(ItemUpdate update, List<Descriptor> descriptors, List<RawItem> raw, BugCompat bugCompat)
            throws IOException {
        if (update.isComplete()) {
            TreeMap<Integer, Item> byId = new TreeMap<>();
            update.updated().forEach(item -> byId.put(item.id(), item));
            json.writeArrayFieldStart("items");
            for (Item item : byId.values()) {
                json.writeStartObject();
                writeValue(item, item.version());
                json.writeEndObject();
            }
            json.writeEndArray();
            return;
        }
        json.writeStringField(
                "update_error",
                "item 0x" + Integer.toHexString(update.faultItemId()) + ": "
                        + update.fault().text());
        json.writeArrayFieldStart("items_one_by_one");
        for (ItemsOneByOne.Result result : ItemsOneByOne.of(descriptors, raw, bugCompat)) {
            json.writeStartObject();
            if (result.item() != null) {
                // Set once and never part of a group's update, which would count for two.
                writeValue(result.item(), 2);
            } else if (result.descriptorFault()) {
                json.writeNumberField("id", result.descriptor().id());
                json.writeStringField("descriptor_error", result.fault().text());
            } else {
                json.writeNumberField("id", result.descriptor().id());
                json.writeStringField("name", result.descriptor().name());
                json.writeStringField("error", result.fault().text());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeValue(Item item, long version) throws IOException {
        ItemValue value = item.value();
        boolean single = value.shape().rank() == 0;
        json.writeNumberField("id", item.id());
        json.writeStringField("name", item.name());
        json.writeNumberField("version", version);
        json.writeFieldName("shape");
        JsonValues.writeShape(json, value.shape());
        json.writeFieldName("dtype");
        JsonValues.writeType(json, value);
        if (!single && value.numpyType().isPresent()) {
            json.writeStringField("sha256", sha256(value.bytes()));
        }
        if (single || value.elementCount() <= SHOWN) {
            json.writeFieldName("value");
            JsonValues.writeValue(json, value);
        }
    }

    private String sha256(ByteBuffer bytes) {
        sha256.update(bytes.duplicate());
        return HexFormat.of().formatHex(sha256.digest());
    }
}
