package org.spead.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.spead.item.Descriptor;
import org.spead.item.Flavour;
import org.spead.item.FormatField;
import org.spead.item.Item;
import org.spead.item.ItemGroup;
import org.spead.item.ItemType;
import org.spead.item.ItemValue;
import org.spead.item.NumpyHeader;
import org.spead.item.Shape;
import org.spead.send.HeapGenerator.Include;

/** Heaps of item groups, byte for byte as the reference sender makes them; see the README beside the data. */
class HeapGeneratorOracleTest {
    private final CapturingSink sink = new CapturingSink(8);
    private ItemGroup items;
    private HeapGenerator generator;
    private SendStream stream;

    @Test
    void shouldMakeTheHeapsOfTheReferenceSender() throws IOException {
        JsonNode cases;
        try (InputStream in = HeapGeneratorOracleTest.class.getResourceAsStream("/generator/heap_generator.json")) {
            cases = new ObjectMapper().readTree(in);
        }
        assertThat(cases).hasSize(120);
        int heaps = 0;
        for (int i = 0; i < cases.size(); i++) {
            begin(cases.get(i));
            int step = 0;
            for (JsonNode op : cases.get(i).get("ops")) {
                heaps += apply(op, "case " + i + " step " + step++);
            }
        }
        assertThat(heaps).isEqualTo(1098);
    }

    private void begin(JsonNode sender) {
        Flavour flavour = new Flavour(sender.get("addr_bits").asInt());
        items = new ItemGroup();
        generator = new HeapGenerator(
                items, flavour, sender.get("descriptor_frequency").asInt());
        int maxPacketBytes = sender.get("max_packet").asInt();
        stream = new SendStream(
                "send-0", SendConfig.builder().maxPacketBytes(maxPacketBytes).build(), sink);
    }

    private int apply(JsonNode op, String where) throws IOException {
        switch (op.get("op").asText()) {
            case "add" -> {
                add(op, where);
                return 0;
            }
            case "set" -> {
                Item item = items.get(op.get("name").asText());
                items.set(item, value(item.type(), op));
                return 0;
            }
            case "start" -> check(generator.startHeap(), op, where);
            case "end" -> check(generator.endHeap(), op, where);
            default -> check(generator.heap(include(op, "descriptors"), include(op, "data")), op, where);
        }
        return 1;
    }

    private static Include include(JsonNode op, String key) {
        return Include.valueOf(op.get(key).asText().toUpperCase(Locale.ROOT));
    }

    private void add(JsonNode op, String where) {
        int id = op.get("id").asInt();
        String name = op.get("name").asText();
        String description = op.get("description").asText();
        List<Long> sizes = new ArrayList<>();
        op.get("shape").forEach(size -> sizes.add(size.asLong()));
        Shape shape = Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
        Item item;
        if (op.has("dtype")) {
            boolean fortran = op.has("order") && op.get("order").asText().equals("F");
            NumpyHeader header =
                    NumpyHeader.parse("{'descr': '" + op.get("dtype").asText() + "', 'fortran_order': "
                            + (fortran ? "True" : "False") + ", 'shape': " + shape + "}");
            item = id == 0
                    ? items.add(name, description, header)
                    : items.add(Descriptor.numpy(id, name, description, header));
        } else {
            List<FormatField> fields = new ArrayList<>();
            op.get("format")
                    .forEach(field -> fields.add(new FormatField(
                            field.get(0).asText().charAt(0), field.get(1).asInt())));
            FormatField[] format = fields.toArray(FormatField[]::new);
            item = id == 0
                    ? items.add(name, description, shape, format)
                    : items.add(Descriptor.format(id, name, description, shape, format));
        }
        assertThat(item.id()).as(where).isEqualTo(op.get("got").asInt());
    }

    private static ItemValue value(ItemType type, JsonNode op) {
        if (op.has("text")) {
            return type.ofText(op.get("text").asText());
        }
        if (op.has("hex")) {
            return type.ofElements(
                    ByteBuffer.wrap(HexFormat.of().parseHex(op.get("hex").asText())));
        }
        ByteBuffer words = ByteBuffer.allocate(8 * op.get("words").size()).order(ByteOrder.nativeOrder());
        op.get("words").forEach(word -> words.putLong(word.asLong()));
        return type.ofElements(words.flip());
    }

    private void check(SendHeap heap, JsonNode expected, String where) throws IOException {
        sink.packets.clear();
        stream.sendHeap(heap);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Integer> ids = new ArrayList<>();
        for (byte[] packet : sink.packets) {
            bytes.writeBytes(packet);
            addIds(ByteBuffer.wrap(packet), ids);
        }
        Map<String, Long> versions = new TreeMap<>();
        items.items().forEach(item -> versions.put("0x" + Integer.toHexString(item.id()), item.version()));
        Map<String, Long> expectedVersions = new TreeMap<>();
        expected.get("versions")
                .properties()
                .forEach(e -> expectedVersions.put(e.getKey(), e.getValue().asLong()));
        List<Integer> expectedIds = new ArrayList<>();
        expected.get("ids").forEach(id -> expectedIds.add(id.asInt()));
        assertThat(versions).as("versions, %s", where).isEqualTo(expectedVersions);
        assertThat(ids).as("items, %s", where).isEqualTo(expectedIds);
        assertThat(bytes.size())
                .as("bytes, %s", where)
                .isEqualTo(expected.get("bytes").asInt());
        assertThat(sha256(bytes.toByteArray()))
                .as("sha256, %s", where)
                .isEqualTo(expected.get("sha256").asText());
    }

    private static void addIds(ByteBuffer packet, List<Integer> ids) {
        int addressBytes = packet.get(3);
        for (int i = 4; i < packet.getShort(6); i++) {
            ids.add((int) ((packet.getLong(8 + 8 * i) & Long.MAX_VALUE) >>> (8 * addressBytes)));
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
