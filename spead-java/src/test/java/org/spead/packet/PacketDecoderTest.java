package org.spead.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.WirePacket;

class PacketDecoderTest {
    private static final byte[] PAYLOAD = {1, 2, 3, 4, 5};

    private final PacketHeader header = new PacketHeader();

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24, 32, 40, 48, 56})
    void shouldReadEveryFlavour(int addressBits) {
        byte[] packet = WirePacket.of(addressBits, 77, 200, 20, PAYLOAD)
                .immediate(9, 3)
                .addressed(10, 0)
                .bytes();

        assertThat(decode(packet)).isEqualTo(packet.length);

        assertThat(header.heapAddressBits()).isEqualTo(addressBits);
        assertThat(header.heapCnt()).isEqualTo(77);
        assertThat(header.heapLength()).isEqualTo(200);
        assertThat(header.payloadOffset()).isEqualTo(20);
        assertThat(header.payloadLength()).isEqualTo(5);
        assertThat(header.pointerCount()).isEqualTo(6);
        assertThat(header.firstItem()).isEqualTo(4);
        assertThat(header.payloadPosition()).isEqualTo(8 + 6 * 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24, 32, 40, 48, 56})
    void shouldReadLargestValuesOfEveryFlavour(int addressBits) {
        long max = (1L << addressBits) - 1;
        byte[] packet = WirePacket.of(addressBits, max, max, max, new byte[0]).bytes();

        assertThat(decode(packet)).isEqualTo(packet.length);

        assertThat(header.heapCnt()).isEqualTo(max);
        assertThat(header.heapLength()).isEqualTo(max);
        assertThat(header.payloadOffset()).isEqualTo(max);
    }

    static Stream<Arguments> faultyPackets() {
        WirePacket good = WirePacket.of(48, 1, 5, 0, PAYLOAD);
        byte[] bytes = good.bytes();
        long max56 = (1L << 56) - 1;
        return Stream.of(
                Arguments.of(PacketFault.TOO_SHORT, new byte[0]),
                Arguments.of(PacketFault.TOO_SHORT, Arrays.copyOf(bytes, 7)),
                Arguments.of(PacketFault.BAD_MAGIC, good.bytes(0x52, 4, 2, 6, 4)),
                Arguments.of(PacketFault.BAD_VERSION, good.bytes(0x53, 3, 2, 6, 4)),
                Arguments.of(PacketFault.BAD_VERSION, good.bytes(0x53, 132, 2, 6, 4)),
                Arguments.of(PacketFault.BAD_WIDTHS, good.bytes(0x53, 4, 2, 5, 4)),
                Arguments.of(PacketFault.BAD_WIDTHS, good.bytes(0x53, 4, 0, 8, 4)),
                Arguments.of(PacketFault.BAD_WIDTHS, good.bytes(0x53, 4, 8, 0, 4)),
                Arguments.of(PacketFault.BAD_WIDTHS, good.bytes(0x53, 4, 253, 11, 4)),
                Arguments.of(PacketFault.ITEMS_OVERFLOW, good.bytes(0x53, 4, 2, 6, 5)),
                Arguments.of(PacketFault.ITEMS_OVERFLOW, good.bytes(0x53, 4, 2, 6, 65535)),
                Arguments.of(PacketFault.ITEMS_OVERFLOW, Arrays.copyOf(bytes, 8 + 4 * 8 - 1)),
                Arguments.of(PacketFault.NO_HEAP_CNT, good.bytes(0x53, 4, 2, 6, 0)),
                Arguments.of(
                        PacketFault.NO_HEAP_CNT,
                        WirePacket.empty(48)
                                .addressed(1, 1)
                                .immediate(3, 0)
                                .immediate(4, 0)
                                .bytes()),
                Arguments.of(
                        PacketFault.NO_PAYLOAD_OFFSET,
                        WirePacket.empty(48).immediate(1, 1).immediate(4, 0).bytes()),
                Arguments.of(
                        PacketFault.NO_PAYLOAD_LENGTH,
                        WirePacket.empty(48).immediate(1, 1).immediate(3, 0).bytes()),
                Arguments.of(PacketFault.PAYLOAD_OVERFLOWS_PACKET, Arrays.copyOf(bytes, bytes.length - 1)),
                Arguments.of(
                        PacketFault.PAYLOAD_OVERFLOWS_PACKET,
                        WirePacket.empty(56)
                                .immediate(1, 1)
                                .immediate(3, max56)
                                .immediate(4, max56)
                                .bytes()),
                Arguments.of(
                        PacketFault.PAYLOAD_OVERFLOWS_HEAP,
                        WirePacket.of(48, 1, 4, 0, PAYLOAD).bytes()),
                Arguments.of(
                        PacketFault.PAYLOAD_OVERFLOWS_HEAP,
                        WirePacket.of(56, 1, max56, max56, PAYLOAD).bytes()));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("faultyPackets")
    void shouldNameTheFault(PacketFault fault, byte[] packet) {
        assertThat(decode(packet)).isEqualTo(fault.code());
    }

    @Test
    void shouldTakeTheLastOfRepeatedFields() {
        byte[] packet = WirePacket.of(48, 1, 100, 0, PAYLOAD)
                .immediate(0x1000, 1)
                .immediate(1, 2)
                .bytes();

        assertThat(decode(packet)).isEqualTo(packet.length);
        assertThat(header.heapCnt()).isEqualTo(2);
    }

    @Test
    void shouldReportMissingHeapLengthAsUnknown() {
        decode(WirePacket.of(48, 1, -1, 0, PAYLOAD).bytes());
        assertThat(header.heapLength()).isEqualTo(PacketHeader.UNKNOWN_LENGTH);
    }

    @Test
    void shouldNotTakeLongIdentifiersForFields() {
        // With 8 address bits an identifier has 55; this one is HEAP_CNT in its low 32 bits.
        byte[] packet = WirePacket.empty(8)
                .immediate((1L << 32) + 1, 9)
                .immediate(3, 0)
                .immediate(4, 0)
                .bytes();

        assertThat(decode(packet)).isEqualTo(PacketFault.NO_HEAP_CNT.code());
    }

    @Test
    void shouldReturnTheSizeOfThePacketWhenMoreBytesFollow() {
        byte[] packet = WirePacket.of(48, 1, 5, 0, PAYLOAD).bytes();
        assertThat(decode(Arrays.copyOf(packet, packet.length + 30))).isEqualTo(packet.length);
    }

    @ParameterizedTest
    @EnumSource(PacketFault.class)
    void shouldFindEveryFaultByItsCode(PacketFault fault) {
        assertThat(PacketFault.of(fault.code())).isSameAs(fault);
        assertThat(fault.code()).isNegative();
        assertThat(fault.statName()).startsWith("packet_");
        assertThat(fault.text()).isNotBlank();
    }

    @Test
    void shouldRefuseCodesThatAreNoFaults() {
        assertThatIllegalArgumentException().isThrownBy(() -> PacketFault.of(0));
        assertThatIllegalArgumentException().isThrownBy(() -> PacketFault.of(-100));
    }

    /** Decodes from the very end of a block, so that any read beyond the packet fails. */
    private int decode(byte[] packet) {
        ByteBuffer block = ByteBuffer.allocateDirect(13 + packet.length);
        block.put(13, packet);
        int size = PacketDecoder.decode(block, 13, packet.length, header);
        if (size > 0) {
            assertThat(header.payloadPosition() + header.payloadLength()).isEqualTo(13 + size);
            header.pointersPosition -= 13;
        }
        return size;
    }
}
