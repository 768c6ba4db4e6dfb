package org.spead.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The expectations were found by giving the same bytes to the reference receiver. */
class DescriptorDecoderTest {
    private static final byte[] U8 = DescriptorPacket.format('u', 8);

    private final List<Descriptor> found = new ArrayList<>();

    private ItemFault decode(byte[]... packets) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            all.writeBytes(packet);
        }
        return new DescriptorDecoder().decode(ByteBuffer.wrap(all.toByteArray()), found);
    }

    private static DescriptorPacket descriptor(int id, String name) {
        return new DescriptorPacket()
                .immediate(0x14, id)
                .item(0x10, ascii(name))
                .item(0x13, U8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldReadSeveralDescriptorsOfOneItem() {
        assertThat(decode(
                        descriptor(0x1000, "a").toBytes(),
                        descriptor(0x1001, "b").toBytes()))
                .isEqualTo(ItemFault.NONE);

        assertThat(found).extracting(Descriptor::name).containsExactly("a", "b");
        assertThat(found.get(0).format()).containsExactly(new FormatField('u', 8));
    }

    @Test
    void shouldPutPacketsOfOneDescriptorTogether() {
        byte[] head = new DescriptorPacket()
                .immediate(0x14, 0x1002)
                .item(0x10, ascii("abc"))
                .toBytes(1, 9, 0);
        byte[] tail = new DescriptorPacket()
                .addressed(0x13, 6)
                .bytes(ascii("def"))
                .bytes(U8)
                .toBytes(1, 9, 3);

        assertThat(decode(head, tail)).isEqualTo(ItemFault.NONE);
        assertThat(found)
                .containsExactly(Descriptor.format(0x1002, "abcdef", "", Shape.SCALAR, new FormatField('u', 8)));

        found.clear();
        assertThat(decode(tail, head)).isEqualTo(ItemFault.DESCRIPTOR_GAP);
        assertThat(decode(head)).isEqualTo(ItemFault.DESCRIPTOR_GAP);
        assertThat(found).isEmpty();
    }

    @Test
    void shouldKeepWhatStandsBeforeGarbage() {
        assertThat(decode(descriptor(0x1000, "a").toBytes(), ascii("garbage"))).isEqualTo(ItemFault.DESCRIPTOR_HEADER);

        assertThat(found).extracting(Descriptor::name).containsExactly("a");
    }

    @Test
    void shouldRefuseADescriptorWithoutIdentifier() {
        assertThat(decode(new DescriptorPacket().item(0x10, ascii("x")).toBytes()))
                .isEqualTo(ItemFault.DESCRIPTOR_ID);
        assertThat(decode(descriptor(0, "zero").toBytes())).isEqualTo(ItemFault.DESCRIPTOR_ID);
        assertThat(decode(new DescriptorPacket()
                        .item(0x14, (byte) 16, (byte) 0)
                        .item(0x10, ascii("x"))
                        .toBytes()))
                .isEqualTo(ItemFault.DESCRIPTOR_ID);
        assertThat(found).isEmpty();
    }

    @Test
    void shouldIgnoreUnknownSubItemsAndTakeTheLastOfSeveral() {
        DescriptorPacket packet = new DescriptorPacket()
                .immediate(0x14, 0x1000)
                .immediate(0x33, 5)
                .item(0x10, ascii("a"))
                .item(0x34, ascii("zz"))
                .item(0x10, ascii("b"))
                .item(0x13, U8);

        assertThat(decode(packet.toBytes())).isEqualTo(ItemFault.NONE);
        assertThat(found.get(0).name()).isEqualTo("b");
    }

    @Test
    void shouldReadAnImmediateNameWithItsPadding() {
        decode(new DescriptorPacket()
                .immediate(0x14, 0x1000)
                .immediate(0x10, 0x616263)
                .item(0x13, U8)
                .toBytes());

        assertThat(found.get(0).name()).isEqualTo("\0\0\0abc");
    }

    @Test
    void shouldIgnoreSurplusBytesOfFormatAndShape() {
        byte[] shape = {0, 0, 0, 0, 0, 0, 2, 0, 0};
        decode(new DescriptorPacket()
                .immediate(0x14, 0x1000)
                .item(0x10, ascii("x"))
                .item(0x13, U8)
                .bytes(ascii("zz"))
                .item(0x12, shape)
                .toBytes());

        assertThat(found.get(0).format()).hasSize(1);
        assertThat(found.get(0).shape()).isEqualTo(Shape.of(2));
    }

    @Test
    void shouldNameEveryStructuralFault() {
        byte[] good = descriptor(0x1000, "a").toBytes();
        byte[] magic = good.clone();
        magic[0] = 0x52;
        byte[] widths = good.clone();
        widths[2] = 3;
        byte[] count = good.clone();
        count[7] = (byte) 200;
        byte[] longPayload = good.clone();
        longPayload[8 + 31] = 99;
        byte[] name = descriptor(0x1000, "a").bytes((byte) 1).toBytes();
        name[8 + 7 * 8] = (byte) 0xe9;

        assertThat(decode(new byte[0])).isEqualTo(ItemFault.NONE);
        assertThat(decode(new byte[3])).isEqualTo(ItemFault.DESCRIPTOR_HEADER);
        assertThat(decode(magic)).isEqualTo(ItemFault.DESCRIPTOR_HEADER);
        assertThat(decode(widths)).isEqualTo(ItemFault.DESCRIPTOR_HEADER);
        assertThat(decode(count)).isEqualTo(ItemFault.DESCRIPTOR_HEADER);
        assertThat(decode(longPayload)).isEqualTo(ItemFault.DESCRIPTOR_PAYLOAD);
        assertThat(decode(name)).isEqualTo(ItemFault.DESCRIPTOR_TEXT);
        assertThat(decode(descriptor(0x1000, "a").addressed(0x11, 77).toBytes()))
                .isEqualTo(ItemFault.DESCRIPTOR_GAP);
        assertThat(found).isEmpty();
    }

    @Test
    void shouldRoundTripInEveryFlavour() {
        for (int bits = 8; bits <= 56; bits += 8) {
            Flavour flavour = new Flavour(bits);
            List<Descriptor> originals = List.of(
                    Descriptor.format(
                            0x21,
                            "n",
                            "text",
                            Shape.of(3, Shape.VARIABLE),
                            new FormatField('u', 12),
                            new FormatField('b', 1)),
                    Descriptor.numpy(
                            0x22,
                            "m",
                            "",
                            NumpyHeader.parse("{'descr': '<c8', 'fortran_order': True, 'shape': (2, 3)}")),
                    Descriptor.format(0x23, "", "", Shape.SCALAR));
            for (Descriptor original : originals) {
                found.clear();
                ByteBuffer bytes = original.encode(flavour);
                assertThat(new DescriptorDecoder().decode(bytes, found)).isEqualTo(ItemFault.NONE);
                assertThat(found).as("%s", flavour).containsExactly(original);
                assertThat(bytes.position()).isZero();
            }
        }
    }

    @Test
    void shouldRefuseToEncodeWhatTheFlavourCannotHold() {
        Flavour narrow = new Flavour(8);
        assertThatThrownBy(() ->
                        Descriptor.format(1, "x".repeat(300), "", Shape.SCALAR).encode(narrow))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Descriptor.format(1, "x", "", Shape.of(256)).encode(narrow))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> Descriptor.format(0x6000, "x", "", Shape.SCALAR).encode(new Flavour(56)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Descriptor.format(1, "é", "", Shape.SCALAR).encode(narrow))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSurviveAnyBytes() {
        long seed = 20_261_120;
        Random random = new Random(seed);
        byte[][] sound = {
            descriptor(0x1000, "some name").item(0x12, new byte[14]).toBytes(),
            Descriptor.numpy(0x22, "m", "d", NumpyHeader.of(NumpyType.scalar('<', 'u', 4), 2, 3))
                    .encode(Flavour.SPEAD_64_48)
                    .array(),
            Descriptor.format(0x23, "v", "d", Shape.of(Shape.VARIABLE), new FormatField('u', 12))
                    .encode(Flavour.SPEAD_64_40)
                    .array()
        };
        ItemGroup group = new ItemGroup();
        int understood = 0;
        for (int round = 0; round < 1_000_000; round++) {
            byte[] bytes = sound[random.nextInt(sound.length)].clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            ByteBuffer item = ByteBuffer.wrap(bytes, 0, length).slice().asReadOnlyBuffer();
            try {
                ItemUpdate update = group.update(List.of(
                        new RawItem(ItemId.DESCRIPTOR, false, 0, item),
                        new RawItem(0x22, false, 0, item),
                        new RawItem(
                                0x1000, true, 5, ByteBuffer.wrap(bytes, 0, 6).slice())));
                understood += update.descriptorsAdopted();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + round, e);
            }
        }
        assertThat(understood).isBetween(5_000, 999_000);
    }
}
