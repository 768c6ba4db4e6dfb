package org.spead.item;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.SpeadVector;
import org.spead.oracle.WalkedHeap;

/** Applies the heaps of the reference streams to a group and compares with what the reference receiver had. */
class ReferenceItemsTest {
    private static final Map<String, String> SCALAR_TYPES = Map.ofEntries(
            Map.entry("int8", "|i1"),
            Map.entry("uint8", "|u1"),
            Map.entry("int16", "<i2"),
            Map.entry("uint16", "<u2"),
            Map.entry("int32", "<i4"),
            Map.entry("uint32", "<u4"),
            Map.entry("int64", "<i8"),
            Map.entry("uint64", "<u8"),
            Map.entry("float16", "<f2"),
            Map.entry("float32", "<f4"),
            Map.entry("float64", "<f8"),
            Map.entry("complex64", "<c8"),
            Map.entry("complex128", "<c16"),
            Map.entry("bool", "|b1"),
            Map.entry("int", "object"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d_types_64_48",
                "d_types_64_40",
                "d_descriptor_replaced",
                "d_wrong_size_data",
                "d_only_empty_string",
                "a_icd_64_48",
                "a_icd_64_48_nostop",
                "b_icd_first_descriptors",
                "b_icd_start_descriptors",
                "c_icd_64_24",
                "c_icd_64_32",
                "c_icd_64_40",
                "c_small_ids_64_56",
                "j_pointers_over_packets_desc",
                "i_descriptor_bad_numpy"
            })
    void shouldUpdateItemsAsTheReferenceReceiverDoes(String name) {
        SpeadVector stream = SpeadVector.load(name);
        Map<Long, WalkedHeap> walked = WalkedHeap.walk(stream);
        ItemGroup group = new ItemGroup();
        int compared = 0;
        for (JsonNode heap : heaps(stream)) {
            List<RawItem> raw = walked.get(heap.get("cnt").asLong()).rawItems();
            compareDescriptors(heap.path("descriptors"), raw);
            ItemUpdate update = group.update(raw);
            assertThat(update.isComplete())
                    .as("%s heap %s: %s", name, heap.get("cnt"), update)
                    .isEqualTo(!heap.has("update_error"));
            for (JsonNode expected : heap.path("items")) {
                compare(expected, group.get(expected.get("id").asInt()), true);
                compared++;
            }
            assertThat(update.updated()).hasSize(heap.path("items").size());
        }
        assertThat(compared > 0 || name.startsWith("d_only") || name.startsWith("i_"))
                .isTrue();
    }

    /** The reference receiver cannot read fixed items of no bytes back that its own sender sends; here they are empty. */
    @ParameterizedTest
    @ValueSource(strings = {"d_zero_size_64_48", "d_zero_size_64_40"})
    void shouldReadItemsOfNoBytesAsEmpty(String name) {
        SpeadVector stream = SpeadVector.load(name);
        WalkedHeap walked = WalkedHeap.walk(stream).get(1L);
        ItemGroup group = new ItemGroup();
        JsonNode heap = heaps(stream).get(0);
        compareDescriptors(heap.get("descriptors"), walked.rawItems());

        ItemUpdate update = group.update(walked.rawItems());

        assertThat(update.isComplete()).isTrue();
        for (JsonNode expected : heap.get("items_one_by_one")) {
            Item item = group.get(expected.get("id").asInt());
            if (expected.has("error")) {
                assertThat(item.value().elementCount()).as(item.name()).isZero();
                assertThat(item.value().shape()).isEqualTo(item.type().shape());
            } else {
                compare(expected, item, false);
            }
        }
    }

    @Test
    void shouldNotTouchAnItemWhoseBytesAreTooFew() {
        SpeadVector stream = SpeadVector.load("d_wrong_size_data");
        Map<Long, WalkedHeap> walked = WalkedHeap.walk(stream);
        ItemGroup group = new ItemGroup();
        group.update(walked.get(1L).rawItems());
        ItemValue before = group.get("x").value();

        ItemUpdate update = group.update(walked.get(2L).rawItems());

        assertThat(update.fault()).isEqualTo(ItemFault.VALUE_SHORT);
        assertThat(update.faultItemId()).isEqualTo(0x3000);
        assertThat(group.get("x").value()).isSameAs(before);
        assertThat(group.get("x").version()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"d_types_64_48", "d_types_64_40", "c_icd_64_24", "c_small_ids_64_56", "d_zero_size_64_48"})
    void shouldEncodeDescriptorsToTheirBytesOnTheWire(String name) {
        SpeadVector stream = SpeadVector.load(name);
        Flavour flavour = new Flavour(heaps(stream).get(0).get("addr_bits").asInt());
        int count = 0;
        for (WalkedHeap heap : WalkedHeap.walk(stream).values()) {
            for (RawItem raw : heap.rawItems()) {
                if (raw.id() == ItemId.DESCRIPTOR) {
                    List<Descriptor> descriptors = new ArrayList<>();
                    assertThat(new DescriptorDecoder().decode(raw.bytes(), descriptors))
                            .isEqualTo(ItemFault.NONE);
                    assertThat(descriptors).hasSize(1);
                    assertThat(descriptors.get(0).encode(flavour)).isEqualTo(raw.bytes());
                    count++;
                }
            }
        }
        assertThat(count).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"d_types_64_48", "d_types_64_40"})
    void shouldEncodeValuesToTheirBytesOnTheWire(String name) {
        SpeadVector stream = SpeadVector.load(name);
        Flavour flavour = new Flavour(heaps(stream).get(0).get("addr_bits").asInt());
        WalkedHeap heap = WalkedHeap.walk(stream).get(1L);
        ItemGroup group = new ItemGroup();
        group.update(heap.rawItems());
        for (RawItem raw : heap.rawItems()) {
            Item item = group.get(raw.id());
            if (item != null) {
                ByteBuffer wire = item.type().encode(item.value());
                ByteBuffer expected = raw.bytes().slice();
                if (raw.immediate()) {
                    expected.position(expected.limit() - wire.remaining());
                }
                assertThat(wire).as(item.name()).isEqualTo(expected.slice());
                assertThat(item.type().isImmediate(flavour)).as(item.name()).isEqualTo(raw.immediate());
            }
        }
    }

    private static JsonNode heaps(SpeadVector stream) {
        return stream.results().get("datagram").get("default").get("heaps");
    }

    private static void compareDescriptors(JsonNode expected, List<RawItem> raw) {
        List<Descriptor> decoded = new ArrayList<>();
        for (RawItem item : raw) {
            if (item.id() == ItemId.DESCRIPTOR) {
                new DescriptorDecoder().decode(item.bytes(), decoded);
            }
        }
        List<String> actual = decoded.stream()
                .map(d -> d.id() + "|" + d.name() + "|" + d.description() + "|" + d.shape() + "|" + d.format() + "|"
                        + (d.numpyHeader() == null ? "" : d.numpyHeader()))
                .toList();
        List<String> wanted = new ArrayList<>();
        for (JsonNode d : expected) {
            List<FormatField> format = new ArrayList<>();
            d.get("format")
                    .forEach(f -> format.add(new FormatField(
                            f.get(0).asText().charAt(0), f.get(1).asInt())));
            wanted.add(d.get("id").asInt() + "|" + d.get("name").asText() + "|"
                    + d.get("description").asText() + "|" + shape(d.get("shape")) + "|" + format + "|"
                    + d.get("numpy_header").asText());
        }
        assertThat(actual).isEqualTo(wanted);
    }

    private static Shape shape(JsonNode json) {
        long[] sizes = new long[json.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = json.get(i).isNull() ? Shape.VARIABLE : json.get(i).asLong();
        }
        return Shape.of(sizes);
    }

    private static void compare(JsonNode expected, Item item, boolean withVersion) {
        String name = expected.get("name").asText();
        assertThat(item).as(name).isNotNull();
        assertThat(item.name()).isEqualTo(name);
        ItemValue value = item.value();
        assertThat(value.shape()).as(name).isEqualTo(shape(expected.get("shape")));
        assertThat(value.dtype()).as(name).isEqualTo(dtype(expected.get("dtype")));
        if (withVersion) {
            assertThat(item.version())
                    .as(name)
                    .isEqualTo(expected.get("version").asLong());
        }
        if (expected.has("sha256")) {
            assertThat(sha256(value.bytes()))
                    .as(name)
                    .isEqualTo(expected.get("sha256").asText());
        }
        if (expected.has("value")) {
            List<Object> wanted = new ArrayList<>();
            flatten(expected.get("value"), wanted);
            List<Object> actual = new ArrayList<>();
            flatten(value.isText() ? value.asText() : value.elements(), actual);
            assertThat(actual).as(name).isEqualTo(wanted);
        }
    }

    private static String dtype(JsonNode json) {
        if (json.isTextual()) {
            return SCALAR_TYPES.getOrDefault(json.asText(), json.asText());
        }
        List<String> fields = new ArrayList<>();
        for (JsonNode field : json) {
            String shape = field.size() > 2 ? ", " + shape(field.get(2)) : "";
            fields.add("('" + field.get(0).asText() + "', '" + field.get(1).asText() + "'" + shape + ")");
        }
        return "[" + String.join(", ", fields) + "]";
    }

    private static void flatten(JsonNode json, List<Object> into) {
        if (json.has("bytes_hex")) {
            byte[] bytes = HexFormat.of().parseHex(json.get("bytes_hex").asText());
            into.add(new String(bytes, StandardCharsets.ISO_8859_1));
        } else if (json.isContainerNode()) {
            json.forEach(child -> flatten(child, into));
        } else if (json.isNumber()) {
            into.add(number(json.isFloatingPointNumber() ? json.asDouble() : json.bigIntegerValue()));
        } else {
            into.add(json.isBoolean() ? (Object) json.asBoolean() : json.asText());
        }
    }

    private static void flatten(Object value, List<Object> into) {
        if (value instanceof List<?> list) {
            list.forEach(child -> flatten(child, into));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(child -> flatten(child, into));
        } else {
            into.add(value instanceof Number n ? number(n) : value);
        }
    }

    private static BigDecimal number(Number n) {
        BigDecimal exact = n instanceof BigInteger big
                ? new BigDecimal(big)
                : n instanceof Double d ? new BigDecimal(d) : BigDecimal.valueOf(n.longValue());
        return exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    }

    private static String sha256(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
