package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.agent.Agent;
import org.spead.item.BugCompat;
import org.spead.item.Descriptor;
import org.spead.item.Flavour;
import org.spead.item.FormatField;
import org.spead.item.Item;
import org.spead.item.ItemFault;
import org.spead.item.ItemGroup;
import org.spead.item.ItemId;
import org.spead.item.ItemUpdate;
import org.spead.item.NumpyField;
import org.spead.item.NumpyHeader;
import org.spead.item.NumpyType;
import org.spead.item.RawItem;
import org.spead.item.Shape;

/** Descriptors with old mistakes, against what the reference implementation writes and reads. */
class BugCompatTest {
    private static final FormatField U16 = new FormatField('u', 16);

    static Stream<JsonNode> streams() throws IOException {
        try (InputStream in = BugCompatTest.class.getResourceAsStream("/bugcompat/streams.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false);
        }
    }

    private static Heap receive(JsonNode stream, int bugCompat, CollectingSink sink) {
        ReceiveConfig config =
                ReceiveConfig.builder().bugCompat(new BugCompat(bugCompat)).build();
        byte[] packets = HexFormat.of().parseHex(stream.get("packets").asText());
        BufferReader reader = new BufferReader(config, ByteBuffer.wrap(packets), sink, new BufferPool(1 << 20));
        while (reader.doWork() != Agent.DONE) {
            // Until all packets are read.
        }
        return sink.heaps().get(0);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldReadWhatTheReferenceReceiverDid(JsonNode stream) {
        for (Map.Entry<String, JsonNode> expected : stream.get("received").properties()) {
            try (CollectingSink sink = new CollectingSink()) {
                Heap heap = receive(stream, Integer.parseInt(expected.getKey()), sink);
                assertThat(heap.flavour().bugCompat().bits()).hasToString(expected.getKey());
                ItemGroup group = new ItemGroup(heap.flavour().bugCompat());
                ItemUpdate update = group.update(heap.items());
                if (expected.getValue().isNull()) {
                    assertThat(update.fault()).isNotEqualTo(ItemFault.NONE);
                } else {
                    assertThat(update.fault()).isEqualTo(ItemFault.NONE);
                    expected.getValue().properties().forEach(item -> assertItem(group.get(item.getKey()), item));
                }
            }
        }
    }

    private static void assertItem(Item item, Map.Entry<String, JsonNode> expected) {
        assertThat(item.type().shape())
                .hasToString(expected.getValue().get("shape").asText());
        List<Object> elements = new ArrayList<>();
        item.value()
                .elements()
                .forEach(e -> elements.add(e instanceof Map<?, ?> record ? List.copyOf(record.values()) : e));
        List<Object> wanted = new ArrayList<>();
        expected.getValue().get("elements").forEach(e -> wanted.add(plain(e)));
        assertThat(elements).as(expected.getKey()).isEqualTo(wanted);
    }

    private static Object plain(JsonNode json) {
        if (json.isArray()) {
            List<Object> values = new ArrayList<>();
            json.forEach(e -> values.add(plain(e)));
            return values;
        }
        return json.isIntegralNumber() ? (Object) json.asLong() : (Object) json.asDouble();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldWriteWhatTheReferenceSenderDid(JsonNode stream) {
        BugCompat bugCompat = new BugCompat(stream.get("bug_compat").asInt());
        Flavour flavour = new Flavour(stream.get("addr_bits").asInt(), bugCompat);
        NumpyType xyz = NumpyType.structured(List.of(
                new NumpyField("x", NumpyType.scalar('>', 'i', 2), Shape.SCALAR, 0),
                new NumpyField("y", NumpyType.scalar('<', 'f', 4), Shape.SCALAR, 0),
                new NumpyField("z", NumpyType.scalar('|', 'i', 1), Shape.SCALAR, 0)));
        List<Descriptor> descriptors = List.of(
                Descriptor.format(0x1000, "a", "d", Shape.of(2, Shape.VARIABLE), U16),
                Descriptor.numpy(0x1001, "b", "", NumpyHeader.of(NumpyType.scalar('<', 'u', 4), 3)),
                Descriptor.numpy(0x1002, "c", "e", NumpyHeader.of(xyz, 2)),
                Descriptor.format(0x1003, "f", "f", Shape.SCALAR, new FormatField('i', 12)),
                Descriptor.format(0x1004, "g", "g", Shape.SCALAR, U16),
                Descriptor.numpy(0x1005, "h", "h", NumpyHeader.of(NumpyType.scalar('<', 'u', 2))));
        try (CollectingSink sink = new CollectingSink()) {
            List<ByteBuffer> sent = receive(stream, 0, sink).items().stream()
                    .filter(item -> item.id() == ItemId.DESCRIPTOR)
                    .map(RawItem::bytes)
                    .toList();
            assertThat(descriptors.stream().map(d -> d.encode(flavour)).toList())
                    .isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 15, -1, 256})
    void shouldRefuseUnknownBits(int bits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BugCompat(bits))
                .withMessage("unknown bits in bug compatibility " + bits + ", known are 1, 2 and 4");
    }

    @Test
    void shouldTellFlavoursWithOldMistakesFromThoseWithout() {
        assertThat(new Flavour(48, BugCompat.PYSPEAD_0_5_2))
                .isNotEqualTo(Flavour.SPEAD_64_48)
                .hasToString("SPEAD-64-48+7");
        assertThat(new Flavour(48, BugCompat.NONE))
                .isEqualTo(Flavour.SPEAD_64_48)
                .hasToString("SPEAD-64-48");
    }

    @Test
    void shouldKeepHeadersThatCannotBeReadForTheirFaultToBeFound() {
        Descriptor odd = new Descriptor(1, "x", "", Shape.SCALAR, List.of(), "{'descr': 'O'}");
        ByteBuffer wire = Descriptor.numpy(1, "x", "", NumpyHeader.of(NumpyType.scalar('<', 'u', 4)))
                .encode(Flavour.SPEAD_64_48);
        for (int i = wire.limit() - 1; wire.get(i) != '\''; i--) {
            wire.put(i, (byte) '?');
        }
        ItemGroup group = new ItemGroup(BugCompat.PYSPEAD_0_5_2);
        ItemUpdate update = group.update(List.of(new RawItem(ItemId.DESCRIPTOR, false, 0, wire)));
        assertThat(update.fault()).isEqualTo(ItemFault.NUMPY_SYNTAX);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> odd.encode(new Flavour(48, new BugCompat(BugCompat.SWAP_ENDIAN))));
    }
}
