package org.spead.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spead.oracle.WalkedHeap;

/** The expected values were found by giving the same bytes to the reference receiver. */
class ItemTypeTest {
    private static final byte[] LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private static ItemType type(Shape shape, Object... codesAndBits) {
        FormatField[] fields = new FormatField[codesAndBits.length / 2];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = new FormatField((Character) codesAndBits[2 * i], (Integer) codesAndBits[2 * i + 1]);
        }
        return ItemType.of(Descriptor.format(0x1000, "x", "", shape, fields));
    }

    private static RawItem addressed(byte... bytes) {
        return new RawItem(0x1000, false, 0, ByteBuffer.wrap(bytes));
    }

    private static RawItem immediate(long value) {
        return WalkedHeap.immediate(0x1000, value, 6);
    }

    private static List<Object> letters(ItemType type) {
        return type.decode(addressed(LETTERS)).elements();
    }

    @Test
    void shouldReadMachineTypesBigEndian() {
        assertThat(letters(type(Shape.SCALAR, 'u', 16))).containsExactly(0x4142L);
        assertThat(letters(type(Shape.of(2, 2), 'c', 8))).containsExactly("A", "B", "C", "D");
        assertThat(letters(type(Shape.SCALAR, 'c', 8))).containsExactly("A");
        assertThat(letters(type(Shape.SCALAR, 'b', 8))).containsExactly(true);
        assertThat(type(Shape.of(2), 'c', 8, 'u', 8).decode(addressed(LETTERS)).element(1))
                .hasToString("{f0=C, f1=68}");
    }

    @Test
    void shouldReadBitStreams() {
        assertThat(letters(type(Shape.SCALAR, 'u', 12))).containsExactly(1044L);
        assertThat(letters(type(Shape.SCALAR, 'b', 16))).containsExactly(true);
        assertThat(type(Shape.of(3), 'b', 3)
                        .decode(addressed((byte) 0xf0, (byte) 0x55))
                        .elements())
                .containsExactly(true, true, false);
        assertThat(type(Shape.of(Shape.VARIABLE, 2), 'u', 12)
                        .decode(addressed(java.util.Arrays.copyOf(LETTERS, 7)))
                        .elements())
                .containsExactly(1044L, 579L, 1092L, 1350L);
        assertThat(letters(type(Shape.of(2), 'u', 4, 'c', 8)).toString())
                .isEqualTo("[{f0=4, f1=\u0014}, {f0=2, f1=C}]");
        assertThat(letters(type(Shape.SCALAR, 'u', 4, 'b', 8)).toString()).isEqualTo("[{f0=4, f1=true}]");
        ItemValue mixed = type(Shape.of(2), 'u', 4, 'f', 32).decode(addressed(LETTERS));
        assertThat(mixed.element(1).toString()).startsWith("{f0=5, f1=12754.07");
    }

    @Test
    void shouldUseTheLastBytesOfImmediates() {
        assertThat(type(Shape.of(Shape.VARIABLE), 'u', 16).decode(immediate(5)).elements())
                .containsExactly(0L, 0L, 5L);
        assertThat(type(Shape.of(2), 'u', 12).decode(immediate(5)).elements()).containsExactly(0L, 5L);
        assertThat(type(Shape.of(Shape.VARIABLE), 'u', 12).decode(immediate(5)).elements())
                .containsExactly(0L, 0L, 0L, 5L);
        assertThat(type(Shape.SCALAR, 'u', 12).decode(immediate(5)).elements()).containsExactly(0L);
        assertThat(type(Shape.of(Shape.VARIABLE), 'c', 8)
                        .decode(immediate(0x616263))
                        .asText())
                .isEqualTo("abc");
    }

    @Test
    void shouldNameWhatDoesNotFit() {
        assertThat(type(Shape.of(4), 'u', 32).check(addressed(LETTERS))).isEqualTo(ItemFault.NONE);
        assertThat(type(Shape.of(7), 'u', 32).check(addressed(LETTERS))).isEqualTo(ItemFault.VALUE_SHORT);
        assertThat(type(Shape.of(1L << 47, 1L << 47), 'u', 32).check(addressed(LETTERS)))
                .isEqualTo(ItemFault.VALUE_SHORT);
        assertThat(type(Shape.SCALAR, 'u', 64).check(immediate(1))).isEqualTo(ItemFault.VALUE_SHORT);
        assertThat(type(Shape.of(3), 'c', 8).check(addressed((byte) 'a', (byte) -1, (byte) 'b')))
                .isEqualTo(ItemFault.VALUE_TEXT);
        assertThat(type(Shape.of(1), 'c', 8).check(addressed((byte) 'a', (byte) -1)))
                .as("surplus bytes are not looked at")
                .isEqualTo(ItemFault.NONE);
        assertThat(type(Shape.of(0, Shape.VARIABLE), 'u', 8)
                        .decode(addressed(LETTERS))
                        .shape())
                .isEqualTo(Shape.of(0, 0));
        assertThatThrownBy(() -> type(Shape.of(7), 'u', 32).decode(addressed(LETTERS)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"c,16", "f,16", "u,0", "x,8", "u,65", "i,2147483647", "f,80"})
    void shouldRefuseFormatsThatItCannotUnpack(char code, int bits) {
        assertThatThrownBy(() -> type(Shape.SCALAR, code, bits))
                .isInstanceOfSatisfying(
                        ItemFormatException.class, e -> assertThat(e.fault()).isEqualTo(ItemFault.FORMAT_UNKNOWN));
    }

    @Test
    void shouldRefuseDescriptorsThatDescribeNothing() {
        assertThatThrownBy(() -> type(Shape.of(2))).hasMessageContaining("neither format nor numpy header");
        assertThatThrownBy(() -> type(Shape.of(Shape.VARIABLE, Shape.VARIABLE), 'u', 8))
                .hasMessageContaining("more than one dimension");
    }

    @Test
    void shouldDecideWhatTravelsInThePointer() {
        Flavour flavour = Flavour.SPEAD_64_48;
        assertThat(type(Shape.SCALAR, 'u', 48).isImmediate(flavour)).isTrue();
        assertThat(type(Shape.SCALAR, 'u', 48).isImmediate(Flavour.SPEAD_64_40)).isFalse();
        assertThat(type(Shape.of(2), 'u', 4, 'i', 12).isImmediate(flavour)).isTrue();
        assertThat(type(Shape.of(2), 'u', 12).isImmediate(flavour)).isFalse();
        assertThat(type(Shape.of(Shape.VARIABLE), 'u', 8).isImmediate(flavour)).isFalse();
        assertThat(type(Shape.of(0), 'u', 32).isImmediate(flavour)).isTrue();
        assertThat(type(Shape.of(1L << 62), 'u', 32).isImmediate(flavour)).isFalse();
    }

    @Test
    void shouldMakeSingleValues() {
        ItemType little = ItemType.of(NumpyHeader.of(NumpyType.scalar('<', 'u', 4)));
        assertThat(little.encode(little.ofLong(5)).array()).containsExactly(5, 0, 0, 0);
        ItemType big = type(Shape.SCALAR, 'i', 16);
        assertThat(big.encode(big.ofLong(-2)).array()).containsExactly(-1, -2);
        assertThat(big.ofLong(-2).asLong()).isEqualTo(-2);
        ItemType real = type(Shape.SCALAR, 'f', 64);
        assertThat(real.ofDouble(2.5).asDouble()).isEqualTo(2.5);
        assertThat(type(Shape.SCALAR, 'b', 8).ofLong(1).asLong()).isEqualTo(1);
        ItemType bits = type(Shape.SCALAR, 'i', 12);
        assertThat(bits.encode(bits.ofLong(-1)).array()).containsExactly(-1, -16);
        ItemType text = type(Shape.of(Shape.VARIABLE), 'c', 8);
        assertThat(text.encode(text.ofText("hello")).array()).containsExactly('h', 'e', 'l', 'l', 'o');
        assertThatThrownBy(() -> type(Shape.of(2), 'u', 8).ofLong(1)).hasMessageContaining("no single values");
        assertThatThrownBy(() -> real.ofText("x")).hasMessageContaining("no text");
        assertThatThrownBy(() -> real.ofDouble(1).asText()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> text.ofText("a").asLong()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldReadUnsignedNumbersBeyondLong() {
        byte[] ones = new byte[8];
        java.util.Arrays.fill(ones, (byte) -1);
        assertThat(type(Shape.SCALAR, 'u', 64).decode(addressed(ones)).element(0))
                .hasToString("18446744073709551615");
        assertThat(type(Shape.SCALAR, 'i', 64).decode(addressed(ones)).element(0))
                .isEqualTo(-1L);
    }

    @ParameterizedTest
    @CsvSource({
        "0000,0.0",
        "3c00,1.0",
        "c000,-2.0",
        "7bff,65504.0",
        "0001,5.960464477539063E-8",
        "7c00,Infinity",
        "fc00,-Infinity",
        "7e00,NaN",
        "3555,0.333251953125"
    })
    void shouldReadHalfFloats(String hex, double expected) {
        ItemType type = ItemType.of(NumpyHeader.of(NumpyType.scalar('>', 'f', 2)));
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        assertThat(type.decode(addressed(bytes)).asDouble()).isEqualTo(Double.valueOf(expected));
    }

    @Test
    void shouldTurnFortranOrderIntoCOrderAndBack() {
        ItemType type = ItemType.of(new NumpyHeader(NumpyType.scalar('>', 'u', 2), true, Shape.of(2, 3, 4)));
        ByteBuffer wire = ByteBuffer.allocate(48);
        // The element at (i, j, k) is 100 i + 10 j + k; on the wire i varies fastest.
        for (int k = 0; k < 4; k++) {
            for (int j = 0; j < 3; j++) {
                for (int i = 0; i < 2; i++) {
                    wire.putShort((short) (100 * i + 10 * j + k));
                }
            }
        }
        ItemValue value = type.decode(addressed(wire.array()));

        int index = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 4; k++) {
                    assertThat(value.element(index++)).isEqualTo((long) (100 * i + 10 * j + k));
                }
            }
        }
        assertThat(type.encode(value).array()).isEqualTo(wire.array());
        assertThat(type.ofElements(value.bytes())).isEqualTo(value);
    }

    @Test
    void shouldRoundTripRandomBitFields() {
        long seed = 42;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int count = 1 + random.nextInt(4);
            Object[] fields = new Object[2 * count];
            int bits = 0;
            for (int i = 0; i < count; i++) {
                int width = 1 + random.nextInt(64);
                fields[2 * i] = random.nextBoolean() ? 'u' : 'i';
                fields[2 * i + 1] = width;
                bits += width;
            }
            int elements = random.nextInt(20);
            ItemType type = type(Shape.of(elements), fields);
            byte[] wire = new byte[(elements * bits + 7) / 8];
            random.nextBytes(wire);
            if (elements * bits % 8 != 0) {
                wire[wire.length - 1] &= (byte) (0xff << (8 - elements * bits % 8));
            }
            ItemValue value = type.decode(addressed(wire));
            assertThat(type.encode(value).array())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(wire);
        }
    }

    @Test
    void shouldRefuseElementsThatDoNotFillTheShape() {
        ItemType type = type(Shape.of(Shape.VARIABLE, 3), 'u', 16);
        ByteBuffer six = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder());

        assertThat(type.ofElements(six).shape()).isEqualTo(Shape.of(2, 3));
        assertThatThrownBy(() -> type.ofElements(ByteBuffer.allocate(10))).hasMessageContaining("no elements");
        assertThatThrownBy(() -> type.ofElements(ByteBuffer.allocate(7))).hasMessageContaining("no elements");
    }
}
