package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spead.SpeadVector;
import org.spead.WirePacket;
import org.spead.packet.PacketDecoder;
import org.spead.packet.PacketFault;
import org.spead.packet.PacketHeader;

/**
 * A million damaged packets: nothing throws, memory stays bounded, and what is outside a packet makes no difference.
 *
 * <p>Every packet goes through two receivers that must agree in everything: one reads it at a random place of a block filled
 * with one thing, the other at the very end of a block filled with another.
 */
class HostilePacketsTest {
    private static final int PACKETS = 250_000;
    private static final int BLOCK = 1 << 17;
    private static final long POOL_BYTES = 4 << 20;

    private static final List<byte[]> ORIGINALS = originals();

    private static List<byte[]> originals() {
        List<byte[]> all = new ArrayList<>();
        for (String name : SpeadVector.names("abcdefghijx")) {
            SpeadVector vector = SpeadVector.load(name);
            for (SpeadVector.Packet packet : vector.packets()) {
                all.add(Arrays.copyOfRange(vector.bytes(), packet.offset(), packet.offset() + packet.length()));
            }
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"101,false", "202,true", "303,false", "404,true"})
    void shouldSurviveDamagedPackets(int seed, boolean allowOutOfOrder) {
        ReceiveConfig config = ReceiveConfig.builder()
                .allowOutOfOrder(allowOutOfOrder)
                .stopOnStopItem(false)
                .maxHeapBytes(2 << 20)
                .substreams(2)
                .build();
        Receiver anywhere = new Receiver(config, (byte) 0x53);
        Receiver atTheEnd = new Receiver(config, (byte) 0xFF);
        Random random = new Random(seed);
        for (int i = 0; i < PACKETS; i++) {
            byte[] packet = damaged(random);
            int offset = random.nextInt(BLOCK - packet.length + 1);
            int size = anywhere.give(packet, offset);
            int sizeAtTheEnd = atTheEnd.give(packet, BLOCK - packet.length);
            if (size != sizeAtTheEnd || size > packet.length || size < -PacketFault.values().length) {
                throw new AssertionError("seed " + seed + ", packet " + i + ": " + size + " and " + sizeAtTheEnd);
            }
        }
        anywhere.intake.end();
        atTheEnd.intake.end();
        assertThat(anywhere.sink.digest).as("seed %d", seed).isEqualTo(atTheEnd.sink.digest);
        assertThat(anywhere.intake.stats().snapshot())
                .as("seed %d", seed)
                .isEqualTo(atTheEnd.intake.stats().snapshot());
        assertThat(anywhere.intake.stats().get(StreamStat.HEAPS)).isGreaterThan(PACKETS / 100);
        assertThat(anywhere.pool.lentBytes()).isZero();
    }

    @Test
    void shouldBoundTheCostOfManyItemPointers() {
        try (AssemblyFixture stream = new AssemblyFixture(
                ReceiveConfig.builder().allowOutOfOrder(true).maxItemPointers(20_000))) {
            for (int i = 0; i < 200; i++) {
                WirePacket packet = WirePacket.of(48, 1, 1 << 20, 10L * i, new byte[10]);
                for (int item = 0; item < 1000; item++) {
                    packet.immediate(0x1000 + item % 7, 1000L * i + item);
                }
                stream.give(packet);
            }
            assertThat(stream.stat(HeapFault.TOO_MANY_ITEMS)).isEqualTo(180);
            stream.end();
            assertThat(stream.sink.incompleteHeaps().get(0).items()).hasSize(20_000);
        }
    }

    private static byte[] damaged(Random random) {
        byte[] packet = random.nextInt(50) == 0
                ? randomBytes(random)
                : ORIGINALS.get(random.nextInt(ORIGINALS.size())).clone();
        int damages = random.nextInt(4);
        for (int i = 0; i < damages && packet.length > 0; i++) {
            packet = damage(packet, random);
        }
        return packet;
    }

    private static byte[] damage(byte[] packet, Random random) {
        int length = packet.length;
        switch (random.nextInt(8)) {
            case 0 -> packet[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> packet[random.nextInt(length)] = (byte) random.nextInt();
            case 2 -> packet[random.nextInt(Math.min(8, length))] = (byte) random.nextInt(10);
            case 3 -> {
                return Arrays.copyOf(packet, random.nextInt(length + 1));
            }
            case 4 -> {
                return Arrays.copyOf(packet, length + random.nextInt(20));
            }
            default -> {
                int pointers = Math.max(1, Math.min(30, length / 8 - 1));
                int at = 8 + 8 * random.nextInt(pointers);
                if (at + 8 <= length) {
                    ByteBuffer.wrap(packet).putLong(at, pointer(random));
                }
            }
        }
        return packet;
    }

    /** A pointer that says something awkward. */
    private static long pointer(Random random) {
        long mode = random.nextInt(4) == 0 ? 0 : Long.MIN_VALUE;
        long id = random.nextInt(8);
        int addressBits = random.nextInt(3) == 0 ? 40 : 48;
        long most = (1L << addressBits) - 1;
        long value = switch (random.nextInt(6)) {
            case 0 -> most - random.nextInt(3);
            case 1 -> 0;
            case 2 -> Integer.MAX_VALUE + (long) random.nextInt(3) - 1;
            case 3 -> random.nextLong() & most;
            default -> random.nextInt(3000);
        };
        return mode | id << addressBits | value;
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        if (bytes.length >= 8 && random.nextBoolean()) {
            ByteBuffer.wrap(bytes).putLong(0, 0x5304_0206_0000_0000L | random.nextInt(bytes.length / 8 + 2));
        }
        return bytes;
    }

    /** A receiver that reads packets from a block with other bytes around them. */
    private static final class Receiver {
        final BufferPool pool = new BufferPool(POOL_BYTES);
        final DigestSink sink = new DigestSink();
        final PacketIntake intake;
        private final PacketHeader header = new PacketHeader();
        private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        private final byte[] surroundings = new byte[BLOCK];

        Receiver(ReceiveConfig config, byte around) {
            intake = new PacketIntake(config, pool, sink, FaultListener.NONE, System::nanoTime);
            Arrays.fill(surroundings, around);
            block.put(0, surroundings);
        }

        int give(byte[] packet, int offset) {
            block.put(offset, packet);
            int size = PacketDecoder.decode(block, offset, packet.length, header);
            intake.datagram(block, offset, packet.length, "hostile");
            intake.endBatch(1);
            block.put(offset, surroundings, offset, packet.length);
            if (pool.heldBytes() > POOL_BYTES) {
                throw new AssertionError("pool holds " + pool.heldBytes() + " bytes");
            }
            return size;
        }
    }

    /** Reads all there is of every heap, and keeps a number that depends on it. */
    private static final class DigestSink implements HeapSink {
        long digest;

        @Override
        public void heap(Heap heap) {
            mix(heap.cnt());
            for (int i = 0; i < heap.itemCount(); i++) {
                mix(heap.itemId(i));
                mix(heap.itemLength(i));
                mix(
                        heap.isImmediate(i)
                                ? heap.immediateValue(i)
                                : heap.item(i).bytes().hashCode());
            }
            heap.close();
        }

        @Override
        public void incompleteHeap(IncompleteHeap heap) {
            mix(heap.cnt());
            mix(heap.heapLength());
            mix(heap.payloadRanges().hashCode());
            heap.items().forEach(item -> mix(item.immediateValue()));
        }

        private void mix(long value) {
            digest = digest * 31 + value;
        }
    }
}
