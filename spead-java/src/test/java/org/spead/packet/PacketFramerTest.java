package org.spead.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.WirePacket;

/** Packets in a stream of bytes: where they are found, and what is passed over. */
class PacketFramerTest {
    private static final int MAX_PACKET_BYTES = 1000;

    private final PacketFramer framer = new PacketFramer(MAX_PACKET_BYTES, 64 * MAX_PACKET_BYTES);

    private static byte[] packet(int cnt, int payloadBytes) {
        return WirePacket.of(48, cnt, payloadBytes, 0, new byte[payloadBytes]).bytes();
    }

    private static byte[] together(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static List<byte[]> find(PacketFramer framer, byte[] bytes) {
        return find(framer, bytes, 0, bytes.length);
    }

    /** The packets found when the bytes come in pieces of 0 to {@code maxPieceBytes}, or all at once. */
    private static List<byte[]> find(PacketFramer framer, byte[] bytes, long seed, int maxPieceBytes) {
        List<byte[]> packets = new ArrayList<>();
        Random random = new Random(seed);
        ByteBuffer block = ByteBuffer.wrap(bytes);
        int from = 0;
        int to = 0;
        while (to < bytes.length) {
            int piece = maxPieceBytes == bytes.length ? maxPieceBytes : random.nextInt(maxPieceBytes + 1);
            to = Math.min(bytes.length, to + piece);
            while (framer.next(block, from, to)) {
                assertThat(framer.packetOffset()).isBetween(from, to - framer.packetLength());
                assertThat(framer.position()).isEqualTo(framer.packetOffset() + framer.packetLength());
                packets.add(Arrays.copyOfRange(bytes, framer.packetOffset(), framer.position()));
                from = framer.position();
            }
            assertThat(framer.position()).isBetween(from, to);
            from = framer.position();
        }
        return packets;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 100, 1 << 20})
    void shouldFindPacketsWhateverThePieces(int pieceBytes) {
        byte[][] packets = {packet(1, 0), packet(2, 1), packet(3, 960), packet(4, 7), packet(5, 500)};

        assertThat(find(framer, together(packets), pieceBytes, pieceBytes)).containsExactly(packets);
        assertThat(framer.badHeaders()).isZero();
        assertThat(framer.skippedBytes()).isZero();
    }

    @Test
    void shouldPassOverWordsThatCannotBeginAPacket() {
        byte[] good = packet(1, 16);
        byte[] otherMagic = new byte[24];
        byte[] otherVersion = {0x53, 3, 2, 6, 0, 0, 0, 0};
        byte[] noWidth = {0x53, 4, 0, 8, 0, 0, 0, 0};
        byte[] wideWidths = {0x53, 4, 4, 5, 0, 0, 0, 0};
        byte[] bytes = together(otherMagic, good, otherVersion, noWidth, good, wideWidths, good);

        assertThat(find(framer, bytes)).containsExactly(good, good, good);
        assertThat(framer.badHeaders()).isEqualTo(6);
        assertThat(framer.skippedBytes()).isEqualTo(48);
    }

    @Test
    void shouldTryAgainBehindAHeaderWithoutPayloadLength() {
        byte[] without = WirePacket.empty(48)
                .immediate(1, 7)
                .immediate(2, 0)
                .addressed(4, 8)
                .bytes();
        byte[] good = packet(1, 16);

        assertThat(find(framer, together(without, good))).containsExactly(good);
        assertThat(framer.badHeaders()).as("each word of it").isEqualTo(4);
    }

    @Test
    void shouldFindPacketsInsideAHeaderWithoutPayloadLength() {
        byte[] inner = packet(1, 16);
        byte[] outer = {0x53, 4, 2, 6, 0, 0, 0, 5};
        assertThat(find(framer, together(outer, new byte[8], inner))).containsExactly(inner);

        byte[] reachesItsLength = {0x53, 4, 2, 6, 0, 0, 0, 6};
        byte[] bytes = together(reachesItsLength, new byte[8], inner);
        assertThat(find(framer, bytes)).containsExactly(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 40, 48, 56})
    void shouldReadTheLastPayloadLengthOfEveryFlavour(int addressBits) {
        byte[] packet = WirePacket.empty(addressBits)
                .immediate(4, 200)
                .immediate(1, 1)
                .immediate(4, 3)
                .immediate(0x10, 4)
                .payload(new byte[3])
                .bytes();

        assertThat(find(framer, together(packet, packet))).containsExactly(packet, packet);
    }

    @Test
    void shouldPassOverPacketsThatAreTooLong() {
        byte[] longest = packet(1, MAX_PACKET_BYTES - 40);
        byte[] tooLong = packet(2, MAX_PACKET_BYTES - 39);
        byte[] farTooLong = packet(3, 100_000);
        byte[] good = packet(4, 9);

        assertThat(find(framer, together(tooLong, longest, farTooLong, good), 5, 700))
                .containsExactly(longest, good);
        assertThat(framer.oversizePackets()).isEqualTo(2);
        assertThat(framer.skippedBytes()).isEqualTo(tooLong.length + farTooLong.length);
        assertThat(framer.badHeaders()).isZero();
    }

    @Test
    void shouldPassOverForEverWhatSaysItIsEndless() {
        byte[] endless = WirePacket.empty(56).immediate(4, (1L << 56) - 1).bytes();

        assertThat(find(framer, together(endless, packet(1, 1), packet(2, 2)))).isEmpty();
        assertThat(framer.oversizePackets()).isEqualTo(1);
        assertThat(framer.position()).as("nothing is kept").isEqualTo(endless.length + 41 + 42);
    }

    @Test
    void shouldDiscardAllThereIsForAHeaderThatNeverFits() {
        byte[] huge = {0x53, 4, 2, 6, 0, 0, (byte) 0xFF, (byte) 0xFF};
        byte[] good = packet(1, 5);
        byte[] bytes = together(huge, good);

        assertThat(find(framer, bytes)).isEmpty();
        assertThat(framer.skippedBytes()).isEqualTo(bytes.length);
        assertThat(framer.badHeaders()).isEqualTo(1);
        assertThat(find(framer, together(good, good))).containsExactly(good, good);
    }

    @Test
    void shouldWaitForPartsAndKeepThem() {
        byte[] bytes = packet(1, 100);
        ByteBuffer block = ByteBuffer.wrap(bytes);
        for (int to = 0; to < bytes.length; to++) {
            assertThat(framer.next(block, 0, to)).isFalse();
            assertThat(framer.position()).isZero();
        }
        assertThat(framer.next(block, 0, bytes.length)).isTrue();
    }

    @Test
    void shouldNotSearchTheSamePointersForEachWord() {
        // Half a million headers, each of which announces 65535 pointers: 34 000 million to read if each were searched.
        byte[] bytes = new byte[8 * 500_000];
        ByteBuffer words = ByteBuffer.wrap(bytes);
        for (int i = 0; i < bytes.length; i += 8) {
            words.putLong(i, 0x5304_0206_0000_FFFFL);
        }
        PacketFramer patient = new PacketFramer(65_536, 1 << 20);
        long before = System.nanoTime();

        assertThat(find(patient, bytes)).isEmpty();

        assertThat(patient.badHeaders()).isEqualTo(500_000 - 65_535);
        assertThat(System.nanoTime() - before).isLessThan(10_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"15, 100", "100, 99"})
    void shouldRefuseSizesThatCannotWork(int maxPacketBytes, int bufferBytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PacketFramer(maxPacketBytes, bufferBytes))
                .withMessageContaining(maxPacketBytes + " bytes cannot be found in a buffer of " + bufferBytes);
    }
}
