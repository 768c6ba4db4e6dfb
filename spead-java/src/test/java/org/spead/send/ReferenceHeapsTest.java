package org.spead.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.SpeadVector;
import org.spead.item.Descriptor;
import org.spead.item.Flavour;
import org.spead.item.FormatField;
import org.spead.item.Item;
import org.spead.item.ItemGroup;
import org.spead.item.ItemUpdate;
import org.spead.item.NumpyHeader;
import org.spead.item.NumpyType;
import org.spead.item.RawItem;
import org.spead.item.Shape;
import org.spead.oracle.WalkedHeap;

/** Builds the heaps of the reference streams from their meaning and expects the reference sender's bytes. */
class ReferenceHeapsTest {
    /** Channels and baselines of one heap. */
    private record Size(int channels, int baselines) {}

    private static final Size SMALL = new Size(4, 6);
    private static final String[] NAMES = {
        "visibility_timestamp_count",
        "visibility_timestamp_fraction",
        "visibility_channel_id",
        "visibility_channel_count",
        "visibility_polarisation_id",
        "visibility_baseline_count",
        "visibility_phase_bin_id",
        "visibility_phase_bin_count",
        "scan_id",
        "visibility_hardware_id"
    };
    private static final int[] WIDTHS = {4, 4, 4, 4, 4, 4, 2, 2, 8, 4};

    private final CapturingSink sink = new CapturingSink(7);

    private void assertSent(SpeadVector expected) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sink.packets.forEach(out::writeBytes);
        assertThat(sink.packets.stream().map(p -> p.length))
                .isEqualTo(expected.packets().stream()
                        .map(SpeadVector.Packet::length)
                        .toList());
        assertThat(Arrays.mismatch(out.toByteArray(), expected.bytes()))
                .as("first different byte of " + expected.name())
                .isEqualTo(-1);
    }

    private static List<Descriptor> descriptors(Size size) {
        List<Descriptor> all = new ArrayList<>();
        for (int i = 0; i < NAMES.length; i++) {
            NumpyHeader header = NumpyHeader.of(NumpyType.scalar('<', 'u', WIDTHS[i]));
            all.add(Descriptor.numpy(0x6000 + i, NAMES[i], "", header));
        }
        NumpyHeader data = NumpyHeader.parse("{'descr': [('TCI', '|i1'), ('FD', '|u1'), ('VIS', '<c8', (4,))], "
                + "'fortran_order': False, 'shape': (" + size.channels() + ", " + size.baselines() + ")}");
        all.add(Descriptor.numpy(0x600a, "correlator_output_data", "", data));
        return all;
    }

    /** The visibilities of stream 0, as the reference sender's script makes them, little-endian. */
    private static ByteBuffer visibilities(int heap, Size size) {
        ByteBuffer out = ByteBuffer.allocateDirect(size.channels() * size.baselines() * 34)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int channel = 0; channel < size.channels(); channel++) {
            for (int baseline = 0; baseline < size.baselines(); baseline++) {
                out.put((byte) (heap % 256 - 128)).put((byte) (channel + baseline + heap));
                for (int pol = 0; pol < 4; pol++) {
                    out.putFloat(heap * 1000 + channel + pol / 4f).putFloat(0f - (baseline + pol / 4f));
                }
            }
        }
        return out.rewind();
    }

    private static long[] scalars(int heap, Size size) {
        return new long[] {1000 + heap, heap * 0x10000L, 0, size.channels(), 0, size.baselines(), 0, 1, 1, 0};
    }

    private static HeapBuilder dataHeap(Flavour flavour, int heap, boolean withDescriptors, Size size) {
        ItemGroup group = new ItemGroup();
        HeapBuilder builder = new HeapBuilder(flavour);
        long[] scalars = scalars(heap, size);
        List<Descriptor> descriptors = descriptors(size);
        for (int i = 0; i < descriptors.size(); i++) {
            Item item = group.add(descriptors.get(i));
            if (withDescriptors) {
                builder.addDescriptor(descriptors.get(i));
            }
            if (i < scalars.length) {
                builder.addItem(item.id(), item.type(), item.type().ofLong(scalars[i]));
            } else {
                builder.addReference(item.id(), visibilities(heap, size));
            }
        }
        return builder;
    }

    @ParameterizedTest
    @CsvSource({"a_icd_64_48, 48", "c_icd_64_24, 24", "c_icd_64_32, 32", "c_icd_64_40, 40"})
    void shouldSendTheIcdStream(String name, int bits) throws IOException {
        SpeadVector expected = SpeadVector.load(name);
        Flavour flavour = new Flavour(bits);
        SendStream stream = new SendStream("send-0", SendConfig.builder().build(), sink);

        stream.sendHeap(new HeapBuilder(flavour).addStreamStart().build());
        int heaps = WalkedHeap.walk(expected).size() - 2;
        for (int heap = 0; heap < heaps; heap++) {
            stream.sendHeap(dataHeap(flavour, heap, true, SMALL).build());
        }
        stream.sendHeap(new HeapBuilder(flavour).addStreamStop().build());

        assertThat(heaps).isPositive();
        assertSent(expected);
    }

    @Test
    void shouldSendDescriptorsInTheFirstDataHeapOnly() throws IOException {
        SendStream stream = new SendStream("send-0", SendConfig.builder().build(), sink);
        Flavour flavour = Flavour.SPEAD_64_48;

        stream.sendHeap(new HeapBuilder(flavour).addStreamStart().build());
        stream.sendHeap(dataHeap(flavour, 0, true, SMALL).build());
        stream.sendHeap(dataHeap(flavour, 1, false, SMALL).build());
        stream.sendHeap(new HeapBuilder(flavour).addStreamStop().build());

        assertSent(SpeadVector.load("b_icd_first_descriptors"));
    }

    @Test
    void shouldSendDescriptorsInTheStartHeap() throws IOException {
        SendStream stream = new SendStream("send-0", SendConfig.builder().build(), sink);
        Flavour flavour = Flavour.SPEAD_64_48;

        HeapBuilder start = new HeapBuilder(flavour).addStreamStart();
        descriptors(SMALL).forEach(start::addDescriptor);
        stream.sendHeap(start.build());
        stream.sendHeap(dataHeap(flavour, 0, false, SMALL).build());
        stream.sendHeap(dataHeap(flavour, 1, false, SMALL).build());
        stream.sendHeap(new HeapBuilder(flavour).addStreamStop().build());

        assertSent(SpeadVector.load("b_icd_start_descriptors"));
    }

    @Test
    void shouldRepeatPointersInTheHeapsThatAskForIt() throws IOException {
        SendStream stream = new SendStream("send-0", SendConfig.builder().build(), sink);
        Flavour flavour = Flavour.SPEAD_64_48;
        Size size = new Size(20, 30);

        HeapBuilder start = new HeapBuilder(flavour).addStreamStart();
        descriptors(size).forEach(start::addDescriptor);
        stream.sendHeap(start.build());
        for (int heap = 0; heap < 2; heap++) {
            stream.sendHeap(
                    dataHeap(flavour, heap, false, size).repeatPointers(true).build());
        }
        stream.sendHeap(new HeapBuilder(flavour).addStreamStop().build());

        assertSent(SpeadVector.load("a_icd_repeat_pointers"));
    }

    @Test
    void shouldSendTheSameFromOneLayoutWhoseValuesChange() throws IOException {
        Flavour flavour = Flavour.SPEAD_64_48;
        HeapBuilder builder = new HeapBuilder(flavour);
        int[] immediates = new int[NAMES.length];
        int scanSegment = -1;
        int dataSegment = -1;
        List<Descriptor> descriptors = descriptors(SMALL);
        for (int i = 0; i < descriptors.size(); i++) {
            builder.addDescriptor(descriptors.get(i));
            if (i == 8) {
                scanSegment = builder.addCopy(0x6008, ByteBuffer.allocate(8));
            } else if (i < NAMES.length) {
                immediates[i] = builder.addImmediate(0x6000 + i, 0);
            } else {
                dataSegment = builder.addReference(0x600a, visibilities(0, SMALL));
            }
        }
        SendHeap heap = builder.build();
        SendStream stream = new SendStream("send-0", SendConfig.builder().build(), sink);

        stream.sendHeap(new HeapBuilder(flavour).addStreamStart().build());
        for (int n = 0; n < 2; n++) {
            long[] scalars = scalars(n, SMALL);
            for (int i = 0; i < NAMES.length; i++) {
                if (i == 8) {
                    heap.segment(scanSegment).putLong(0, Long.reverseBytes(scalars[i]));
                } else {
                    long reversed = Long.reverseBytes(scalars[i]) >>> (64 - 8 * WIDTHS[i]);
                    heap.setImmediate(immediates[i], reversed);
                }
            }
            heap.setSegment(dataSegment, visibilities(n, SMALL));
            stream.sendHeap(heap);
        }
        stream.sendHeap(new HeapBuilder(flavour).addStreamStop().build());

        assertSent(SpeadVector.load("a_icd_64_48"));
    }

    @Test
    void shouldSendSmallIdentifiers() throws IOException {
        Flavour flavour = new Flavour(56);
        ItemGroup group = new ItemGroup();
        Item small = group.add(Descriptor.numpy(
                0x40,
                "small_id",
                "ids above 127 do not exist in 64-56",
                NumpyHeader.of(NumpyType.scalar('<', 'i', 4), 3)));
        Item immediate = group.add(Descriptor.format(0x41, "imm", "", Shape.SCALAR, new FormatField('u', 56)));
        ByteBuffer elements = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder());
        elements.putInt(1).putInt(-2).putInt(3).rewind();
        SendStream stream = new SendStream("send-0", SendConfig.builder().build(), sink);

        stream.sendHeap(new HeapBuilder(flavour)
                .addDescriptor(small.descriptor())
                .addItem(small.id(), small.type(), small.type().ofElements(elements))
                .addDescriptor(immediate.descriptor())
                .addItem(immediate.id(), immediate.type(), immediate.type().ofLong(72057594037927933L))
                .build());
        stream.sendHeap(new HeapBuilder(flavour).addStreamStop().build());

        assertSent(SpeadVector.load("c_small_ids_64_56"));
    }

    /** Reads the stream, and sends every item again from its descriptor and value. */
    @ParameterizedTest
    @ValueSource(strings = {"d_types_64_48", "d_types_64_40", "d_zero_size_64_48", "d_descriptor_replaced"})
    void shouldSendAgainWhatItHasRead(String name) throws IOException {
        SpeadVector expected = SpeadVector.load(name);
        ItemGroup group = new ItemGroup();
        SendStream stream = new SendStream("send-0", SendConfig.builder().build(), sink);
        for (WalkedHeap heap : WalkedHeap.walk(expected).values()) {
            HeapBuilder builder = new HeapBuilder(heap.flavour());
            List<RawItem> raw = heap.rawItems();
            ItemUpdate update = group.update(raw);
            assertThat(update.isComplete()).isTrue();
            int descriptor = 0;
            List<RawItem> descriptors = raw.stream().filter(r -> r.id() == 5).toList();
            for (WalkedHeap.Pointer pointer : heap.pointers()) {
                Item item = group.get(pointer.id());
                if (pointer.id() == 5) {
                    List<Descriptor> decoded = new ArrayList<>();
                    new org.spead.item.DescriptorDecoder()
                            .decode(descriptors.get(descriptor++).bytes(), decoded);
                    builder.addDescriptor(decoded.get(0));
                } else if (pointer.id() == 6) {
                    builder.addImmediate(6, pointer.value());
                } else if (item != null && item.value() != null) {
                    builder.addItem(item);
                } else if (item != null) {
                    builder.addCopy(item.id(), ByteBuffer.allocate(0));
                }
            }
            stream.sendHeap(builder.build());
        }
        assertSent(expected);
    }
}
