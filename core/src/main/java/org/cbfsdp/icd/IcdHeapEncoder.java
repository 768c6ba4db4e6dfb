package org.cbfsdp.icd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.PayloadTime;
import org.spead.item.Descriptor;
import org.spead.item.Flavour;
import org.spead.item.ItemId;
import org.spead.send.HeapBuilder;
import org.spead.send.SendHeap;

/**
 * Lays out the heaps of one stream, SPEAD-64-48, items in the order of their identifiers and each with its descriptor, if the
 * heap has descriptors, before it. Made once a stream; heaps are made once and filled again and again. Confined to one
 * thread.
 */
public final class IcdHeapEncoder {
    /** The flavour of the interface. */
    public static final Flavour FLAVOUR = Flavour.SPEAD_64_48;

    private final ChannelRange channels;
    private final int baselines;
    private final int polarisations;
    private final IcdConstants constants;
    private final DescriptorPlacement placement;

    /** Fixes the layout, with descriptors in every heap as the original emulator sends them. */
    public IcdHeapEncoder(ChannelRange channels, int baselines, int polarisations, IcdConstants constants) {
        this(channels, baselines, polarisations, constants, DescriptorPlacement.EVERY_HEAP);
    }

    /**
     * Fixes the layout.
     *
     * @param channels as the heaps name them
     * @throws IllegalArgumentException when a heap would exceed 2 GiB
     */
    public IcdHeapEncoder(
            ChannelRange channels,
            int baselines,
            int polarisations,
            IcdConstants constants,
            DescriptorPlacement placement) {
        this.channels = channels;
        this.baselines = baselines;
        this.polarisations = polarisations;
        this.constants = constants;
        this.placement = placement;
        if (dataBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a heap of " + channels.count() + " channels x " + baselines
                    + " baselines x " + polarisations + " polarisations exceeds 2 GiB; give it fewer channels");
        }
    }

    /** Bytes of the correlator output in a heap. */
    public long dataBytes() {
        return (long) channels.count()
                * baselines
                * ElementLayout.standard(polarisations).elementBytes();
    }

    /** The heap that begins the stream. */
    public SendHeap startHeap() {
        HeapBuilder builder = new HeapBuilder(FLAVOUR).addStreamStart();
        return (placement == DescriptorPlacement.START_HEAP ? addDescriptors(builder) : builder).build();
    }

    /** A heap that has all descriptors and the values that never change, for receivers that missed the start. */
    public SendHeap descriptorHeap() {
        HeapBuilder builder = new HeapBuilder(FLAVOUR);
        builder.addImmediate(ItemId.STREAM_CTRL, ItemId.STREAM_CTRL_DESCRIPTOR_REISSUE);
        return addDescriptors(builder).build();
    }

    /** The heap that ends the stream. */
    public SendHeap endHeap() {
        return new HeapBuilder(FLAVOUR).addStreamStop().build();
    }

    /** A data heap with memory of its own, all visibilities zero. */
    public IcdHeap newHeap() {
        HeapBuilder builder = new HeapBuilder(FLAVOUR);
        Map<IcdItem, Integer> immediates = new EnumMap<>(IcdItem.class);
        boolean describes = placement == DescriptorPlacement.EVERY_HEAP;
        for (IcdItem item : IcdItem.values()) {
            if (describes) {
                builder.addDescriptor(descriptor(item));
            }
            if (describes || item.placesTheHeap()) {
                addValue(builder, item, immediates);
            }
        }
        if (describes) {
            builder.addDescriptor(dataDescriptor());
        }
        ByteBuffer data = ByteBuffer.allocateDirect((int) dataBytes()).order(ByteOrder.nativeOrder());
        builder.addReference(CorrelatorOutputLayout.ID, data);
        return new IcdHeap(builder.build(), data, immediates);
    }

    private HeapBuilder addDescriptors(HeapBuilder builder) {
        for (IcdItem item : IcdItem.values()) {
            builder.addDescriptor(descriptor(item));
            if (!item.placesTheHeap()) {
                addValue(builder, item, new EnumMap<>(IcdItem.class));
            }
        }
        return builder.addDescriptor(dataDescriptor());
    }

    private void addValue(HeapBuilder builder, IcdItem item, Map<IcdItem, Integer> immediates) {
        long value = initialValue(item);
        if (item.bytes() <= FLAVOUR.heapAddressBytes()) {
            immediates.put(item, builder.addImmediate(item.id(), IcdHeap.immediate(item, value)));
        } else {
            builder.addCopy(item.id(), littleEndian(value));
        }
    }

    private static Descriptor descriptor(IcdItem item) {
        return Descriptor.numpy(item.id(), item.itemName(), "", item.numpyHeader());
    }

    private Descriptor dataDescriptor() {
        return CorrelatorOutputLayout.descriptor(channels.count(), baselines, polarisations);
    }

    private long initialValue(IcdItem item) {
        return switch (item) {
            case TIMESTAMP_COUNT, TIMESTAMP_FRACTION -> 0;
            case CHANNEL_ID -> channels.first();
            case CHANNEL_COUNT -> channels.count();
            case POLARISATION_ID -> constants.polarisationId();
            case BASELINE_COUNT -> baselines;
            case PHASE_BIN_ID -> constants.phaseBinId();
            case PHASE_BIN_COUNT -> constants.phaseBinCount();
            case SCAN_ID -> constants.scanId();
            case HARDWARE_ID -> constants.hardwareId();
        };
    }

    private static ByteBuffer littleEndian(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .flip();
    }

    /** A data heap: what changes from dump to dump can be set while it is not being sent. Confined to one thread. */
    public static final class IcdHeap {
        private final SendHeap heap;
        private final ByteBuffer data;
        private final int countPointer;
        private final int fractionPointer;

        private IcdHeap(SendHeap heap, ByteBuffer data, Map<IcdItem, Integer> immediates) {
            this.heap = heap;
            this.data = data;
            this.countPointer = immediates.get(IcdItem.TIMESTAMP_COUNT);
            this.fractionPointer = immediates.get(IcdItem.TIMESTAMP_FRACTION);
        }

        /** The heap to offer to a stream. */
        public SendHeap heap() {
            return heap;
        }

        /**
         * The elements, (channel, baseline) of {@link ElementLayout#standard}; use absolute puts. The buffer is in native byte order,
         * the elements are little-endian.
         */
        public ByteBuffer data() {
            return data;
        }

        /** Sets items 0x6000 and 0x6001. */
        public void setTimestamp(long ticks) {
            heap.setImmediate(countPointer, immediate(IcdItem.TIMESTAMP_COUNT, PayloadTime.count(ticks)));
            heap.setImmediate(fractionPointer, immediate(IcdItem.TIMESTAMP_FRACTION, PayloadTime.fraction(ticks)));
        }

        /** The value of a little-endian scalar as the low bytes of a pointer. */
        private static long immediate(IcdItem item, long value) {
            return Long.reverseBytes(value) >>> (Long.SIZE - 8 * item.bytes());
        }
    }
}
