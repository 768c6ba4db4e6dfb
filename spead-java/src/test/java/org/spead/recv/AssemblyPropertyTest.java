package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spead.WirePacket;
import org.spead.item.RawItem;

/** Random heaps, split, interleaved, shuffled, duplicated and lost, must come out as {@link AssemblyModel} says. */
class AssemblyPropertyTest {
    static final int LARGEST_HEAP = 120;

    private static final int SEEDS = 3000;

    static IntStream blocksOfSeeds() {
        return IntStream.range(0, 10);
    }

    @ParameterizedTest
    @MethodSource("blocksOfSeeds")
    void shouldAssembleAsTheModelDoes(int block) {
        for (int seed = block * SEEDS / 10; seed < (block + 1) * SEEDS / 10; seed++) {
            compare(seed);
        }
    }

    private static void compare(int seed) {
        Random random = new Random(seed);
        boolean anyOrder = random.nextBoolean();
        int maxHeaps = 1 + random.nextInt(5);
        int substreams = 1 + random.nextInt(3);
        List<AssemblyModel.Packet> packets = disturb(packets(random), random);

        AssemblyModel model = new AssemblyModel(maxHeaps, substreams, anyOrder);
        packets.forEach(model::give);
        model.end();

        ReceiveConfig.Builder config = ReceiveConfig.builder()
                .maxHeaps(maxHeaps)
                .substreams(substreams)
                .allowOutOfOrder(anyOrder);
        try (AssemblyFixture stream = new AssemblyFixture(config)) {
            packets.forEach(packet -> stream.give(wire(packet)));
            stream.end();
            assertThat(stream.sink.delivered.stream()
                            .map(AssemblyPropertyTest::text)
                            .toList())
                    .as("seed %d, any order %s, %d heaps, %d substreams", seed, anyOrder, maxHeaps, substreams)
                    .isEqualTo(model.delivered);
            assertThat(stream.stat(StreamStat.PACKETS)).isEqualTo(packets.size());
            assertThat(stream.stat(StreamStat.HEAPS)).isEqualTo(model.delivered.size());
            stream.sink.close();
            assertThat(stream.pool.lentBytes()).isZero();
        }
    }

    private static List<AssemblyModel.Packet> packets(Random random) {
        List<AssemblyModel.Packet> all = new ArrayList<>();
        int heaps = 1 + random.nextInt(12);
        for (int cnt = 1; cnt <= heaps; cnt++) {
            int length = random.nextInt(LARGEST_HEAP);
            boolean sized = random.nextInt(4) > 0;
            List<AssemblyModel.Pointer> pointers = pointers(random, length);
            int at = 0;
            do {
                int bytes = Math.min(length - at, random.nextInt(50));
                List<Integer> payload = random.ints(bytes, 0, 256).boxed().toList();
                int from = pointers.isEmpty() ? 0 : random.nextInt(pointers.size());
                // At first all pointers, as a sender does; later some of them again.
                List<AssemblyModel.Pointer> part = at == 0
                        ? pointers
                        : random.nextInt(3) == 0 ? pointers.subList(from, pointers.size()) : List.of();
                boolean stated = sized || random.nextInt(10) == 0;
                all.add(new AssemblyModel.Packet(cnt, stated ? length : -1, at, payload, part));
                at += bytes;
            } while (at < length);
        }
        return all;
    }

    private static List<AssemblyModel.Pointer> pointers(Random random, int length) {
        List<AssemblyModel.Pointer> pointers = new ArrayList<>();
        int count = random.nextInt(8) == 0 ? random.nextInt(100) : random.nextInt(6);
        for (int i = 0; i < count; i++) {
            boolean immediate = random.nextBoolean();
            int id = random.nextInt(6) == 0 ? 0 : 7 + random.nextInt(40);
            // Rarely beyond the end of the heap, so that it can never be complete.
            int limit = immediate ? 9 : length + (random.nextInt(60) == 0 ? 10 : 1);
            pointers.add(new AssemblyModel.Pointer(immediate, id, random.nextInt(limit)));
        }
        return pointers;
    }

    private static List<AssemblyModel.Packet> disturb(List<AssemblyModel.Packet> packets, Random random) {
        List<AssemblyModel.Packet> disturbed = new ArrayList<>(packets);
        for (AssemblyModel.Packet packet : packets) {
            int fate = random.nextInt(30);
            if (fate == 0) {
                disturbed.remove(packet);
            } else if (fate <= 3) {
                disturbed.add(random.nextInt(disturbed.size()), packet);
            } else if (fate <= 5 && packet.payload().size() > 1) {
                disturbed.add(random.nextInt(disturbed.size()), shifted(packet, random));
            } else if (fate == 6) {
                int stated = Math.max(
                        packet.heapLength() - 1,
                        packet.offset() + packet.payload().size());
                disturbed.add(new AssemblyModel.Packet(
                        packet.cnt(), stated, packet.offset(), packet.payload(), packet.pointers()));
            }
        }
        int swaps = random.nextInt(3) == 0 ? 0 : random.nextInt(disturbed.size() + 1);
        int reach = 1 + random.nextInt(20);
        for (int i = 0; i < swaps; i++) {
            int from = random.nextInt(disturbed.size());
            Collections.swap(disturbed, from, Math.min(disturbed.size() - 1, from + random.nextInt(reach)));
        }
        return disturbed;
    }

    /** A packet that lies across the bounds of others of its heap: some of the payload, a little earlier or later. */
    private static AssemblyModel.Packet shifted(AssemblyModel.Packet packet, Random random) {
        int bytes = 1 + random.nextInt(packet.payload().size() - 1);
        int offset = Math.max(0, packet.offset() + random.nextInt(21) - 10);
        int room = packet.heapLength() < 0 ? bytes : Math.min(bytes, packet.heapLength() - offset);
        return new AssemblyModel.Packet(
                packet.cnt(),
                packet.heapLength(),
                Math.min(offset, offset + room),
                packet.payload().subList(0, Math.max(0, room)),
                packet.pointers());
    }

    private static WirePacket wire(AssemblyModel.Packet packet) {
        byte[] payload = new byte[packet.payload().size()];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = packet.payload().get(i).byteValue();
        }
        WirePacket wire = WirePacket.of(40, packet.cnt(), packet.heapLength(), packet.offset(), payload);
        for (AssemblyModel.Pointer pointer : packet.pointers()) {
            if (pointer.immediate()) {
                wire.immediate(pointer.id(), pointer.value());
            } else {
                wire.addressed(pointer.id(), pointer.value());
            }
        }
        return wire;
    }

    private static String text(Object delivered) {
        if (delivered instanceof Heap heap) {
            return "heap " + heap.cnt() + " "
                    + heap.items().stream().map(AssemblyPropertyTest::text).toList();
        }
        IncompleteHeap heap = (IncompleteHeap) delivered;
        String ranges = heap.payloadRanges().stream()
                .map(range -> range.start() + "-" + range.end())
                .collect(Collectors.joining(", ", "[", "]"));
        return "incomplete " + heap.cnt() + " " + heap.heapLength() + " " + ranges + " "
                + heap.items().stream().map(AssemblyPropertyTest::text).toList();
    }

    private static String text(RawItem item) {
        if (item.immediate()) {
            return item.id() + "=" + item.immediateValue();
        }
        ByteBuffer bytes = item.bytes().duplicate();
        int[] values = new int[bytes.remaining()];
        Arrays.setAll(values, i -> bytes.get() & 0xFF);
        return item.id() + ":" + Arrays.toString(values);
    }
}
