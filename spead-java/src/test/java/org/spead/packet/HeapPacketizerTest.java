package org.spead.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.spead.item.Flavour;
import org.spead.item.ItemPointer;
import org.spead.oracle.WalkedHeap;

class HeapPacketizerTest {
    private final ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
    private boolean inPlace;
    private ByteBuffer[] places;
    private int leftInPlace;

    private List<byte[]> packets(HeapPacketizer packetizer) {
        List<byte[]> packets = new ArrayList<>();
        while (packetizer.hasNext()) {
            int length = packetizer.nextLength();
            int offset = packets.size() % 13;
            byte[] packet = new byte[length];
            if (inPlace && packetizer.isNextInPlace()) {
                int payload = packetizer.nextPayloadLength();
                places[packetizer.nextSegment()].get(packetizer.nextPosition(), packet, length - payload, payload);
                assertThat(packetizer.nextHead(block, offset)).isEqualTo(length - payload);
                block.get(offset, packet, 0, length - payload);
                leftInPlace++;
            } else {
                assertThat(packetizer.next(block, offset)).isEqualTo(length);
                block.get(offset, packet);
            }
            packets.add(packet);
        }
        assertThat(packetizer.nextLength()).isZero();
        return packets;
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).rewind();
    }

    /** See the README beside the resource. */
    @Test
    void shouldDivideHeapsAsTheReferenceSenderDoes() throws IOException, NoSuchAlgorithmException {
        JsonNode cases;
        try (InputStream in = HeapPacketizerTest.class.getResourceAsStream("/packetizer/packet_division.json")) {
            cases = new ObjectMapper().readTree(in);
        }
        assertThat(cases).hasSize(300);
        for (JsonNode expected : cases) {
            Flavour flavour = new Flavour(expected.get("addr_bits").asInt());
            HeapPacketizer packetizer =
                    new HeapPacketizer(expected.get("max_packet").asInt());
            boolean repeat = expected.get("repeat").asBoolean();
            List<ByteBuffer> segments = new ArrayList<>();
            JsonNode items = expected.get("items");
            long[] pointers = new long[items.size()];
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            for (int i = 0; i < pointers.length; i++) {
                int id = items.get(i).get(1).asInt();
                long value = items.get(i).get(2).asLong();
                if (items.get(i).get(0).asText().equals("imm")) {
                    pointers[i] = ItemPointer.immediate(id, value, flavour.heapAddressBits());
                } else {
                    pointers[i] = ItemPointer.addressed(id, data.size(), flavour.heapAddressBits());
                    byte[] bytes = new byte[(int) value];
                    for (int j = 0; j < bytes.length; j++) {
                        bytes[j] = (byte) (id * 7 + j * 13);
                    }
                    segments.add(direct(bytes));
                    data.writeBytes(bytes);
                }
            }
            String description = expected.toString();
            assertThat(packetizer.accepts(flavour, pointers.length, data.size(), repeat))
                    .as(description)
                    .isEqualTo(!expected.has("error"));
            if (!expected.has("error")) {
                packetizer.begin(
                        flavour,
                        expected.get("cnt").asLong(),
                        pointers,
                        pointers.length,
                        segments.toArray(new ByteBuffer[0]),
                        segments.size(),
                        repeat);
                compare(expected, packets(packetizer), data.toByteArray());
            }
        }
    }

    private static void compare(JsonNode expected, List<byte[]> packets, byte[] data) throws NoSuchAlgorithmException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        packets.forEach(all::writeBytes);
        if (expected.get("packets").isArray()) {
            List<Integer> lengths = new ArrayList<>();
            expected.get("packets").forEach(length -> lengths.add(length.asInt()));
            assertThat(packets.stream().map(p -> p.length).toList())
                    .as(expected.toString())
                    .isEqualTo(lengths);
        } else {
            assertThat(packets).hasSize(expected.get("packets").asInt());
        }
        if (expected.has("misplaced")) {
            // The reference sender has put the padding before the end of the data; here the data come first.
            byte[] payload =
                    WalkedHeap.walk(packets).get(expected.get("cnt").asLong()).payload();
            assertThat(Arrays.copyOf(payload, data.length)).isEqualTo(data);
            return;
        }
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
        assertThat(HexFormat.of().formatHex(digest))
                .as(expected.toString())
                .isEqualTo(expected.get("sha256").asText());
    }

    @Test
    void shouldLoseNothingOfRandomHeaps() {
        long seed = 99;
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            Flavour flavour = new Flavour(24 + 8 * random.nextInt(5));
            boolean repeat = random.nextInt(4) == 0;
            int size = random.nextBoolean() ? 56 + random.nextInt(200) : 56 + random.nextInt(65_000 - 55);
            HeapPacketizer packetizer = new HeapPacketizer(size);
            long[] pointers = new long[1 + random.nextInt(60)];
            for (int i = 0; i < pointers.length; i++) {
                pointers[i] = ItemPointer.immediate(
                        10 + random.nextInt(100), random.nextInt(1 << 24), flavour.heapAddressBits());
            }
            List<ByteBuffer> segments = new ArrayList<>();
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            for (int i = random.nextInt(5); i > 0; i--) {
                byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 30 : 50_000)];
                random.nextBytes(bytes);
                payload.writeBytes(bytes);
                ByteBuffer segment = direct(new byte[bytes.length + 7]);
                segment.put(3, bytes).position(3).limit(3 + bytes.length);
                segments.add(segment);
            }
            if (packetizer.accepts(flavour, pointers.length, payload.size(), repeat)) {
                inPlace = round % 2 == 1;
                long cnt = 1L + random.nextInt(1000);
                packetizer.begin(
                        flavour,
                        cnt,
                        pointers,
                        pointers.length,
                        segments.toArray(new ByteBuffer[0]),
                        segments.size(),
                        repeat);
                places = segments.toArray(new ByteBuffer[0]);
                String what = "seed " + seed + " round " + round;
                check(what, packets(packetizer), packetizer, cnt, pointers, flavour, payload.toByteArray(), repeat);
            } else {
                assertThat(repeat).isTrue();
            }
        }
        assertThat(leftInPlace).as("packets whose payload was left in place").isGreaterThan(1000);
    }

    private static void check(
            String what,
            List<byte[]> packets,
            HeapPacketizer packetizer,
            long cnt,
            long[] pointers,
            Flavour flavour,
            byte[] payload,
            boolean repeat) {
        assertThat(packets.stream().mapToInt(p -> p.length).max().orElseThrow())
                .as(what)
                .isLessThanOrEqualTo(packetizer.maxPacketBytes());
        WalkedHeap heap = WalkedHeap.walk(packets).get(cnt);
        assertThat(heap.packets()).as(what).isEqualTo(packets.size());
        List<WalkedHeap.Pointer> expected = new ArrayList<>();
        for (long pointer : pointers) {
            int bits = flavour.heapAddressBits();
            expected.add(new WalkedHeap.Pointer(true, ItemPointer.id(pointer, bits), ItemPointer.value(pointer, bits)));
        }
        if (heap.payload().length > payload.length) {
            expected.add(new WalkedHeap.Pointer(false, 0, payload.length));
        }
        List<WalkedHeap.Pointer> all = new ArrayList<>();
        for (int i = 0; i < (repeat ? packets.size() : 1); i++) {
            all.addAll(expected);
        }
        assertThat(heap.pointers()).as(what).isEqualTo(all);
        assertThat(Arrays.copyOf(heap.payload(), payload.length)).as(what).isEqualTo(payload);
        for (int i = payload.length; i < heap.payload().length; i++) {
            assertThat(heap.payload()[i]).isZero();
        }
    }

    @Test
    void shouldKnowItsLimits() {
        assertThatThrownBy(() -> new HeapPacketizer(55)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HeapPacketizer((1 << 19) + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new HeapPacketizer(63).maxPacketBytes()).isEqualTo(56);
        assertThat(new HeapPacketizer(8972).maxPacketBytes()).isEqualTo(8968);
        HeapPacketizer packetizer = new HeapPacketizer(1472);
        assertThat(packetizer.hasNext()).isFalse();
        assertThatThrownBy(() -> packetizer.next(block, 0)).isInstanceOf(IllegalStateException.class);
        Flavour narrow = new Flavour(8);
        assertThat(packetizer.accepts(narrow, 1, 255, false)).isTrue();
        assertThat(packetizer.accepts(narrow, 1, 256, false)).isFalse();
        assertThat(new HeapPacketizer(56).accepts(narrow, 32, 1, false)).isFalse();
        assertThatThrownBy(() -> packetizer.begin(
                        narrow, 1, new long[1], 1, new ByteBuffer[] {ByteBuffer.allocate(256)}, 1, false))
                .hasMessageContaining("does not fit SPEAD-64-8");
    }

    @Test
    void shouldCountAsManyPointersAsTheHeaderCan() {
        HeapPacketizer packetizer = new HeapPacketizer(1 << 19);
        long[] pointers = new long[70_000];
        Arrays.fill(pointers, ItemPointer.immediate(77, 5, 48));
        packetizer.begin(Flavour.SPEAD_64_48, 9, pointers, pointers.length, new ByteBuffer[0], 0, false);

        WalkedHeap heap = WalkedHeap.walk(packets(packetizer)).get(9L);

        assertThat(heap.pointers()).hasSize(70_001);
        assertThat(heap.packets()).isEqualTo(2);
    }
}
