package org.spead.item;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads descriptor items. Bytes of any kind are welcome: what cannot be read is a named fault, never an exception.
 *
 * <p>A descriptor item holds one or more whole packets. Packets that follow each other in order may make up one
 * descriptor together; what lies behind the first packet that cannot be decoded is ignored, as in any memory stream.
 * Sub-items of unknown identifiers are ignored; of several with one identifier the last counts. Not thread-safe.
 */
public final class DescriptorDecoder {
    private final BugCompat bugCompat;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private final List<Long> pointers = new ArrayList<>();
    private List<Descriptor> found = List.of();
    private ItemFault fault = ItemFault.NONE;
    private boolean open;
    private int addressBytes;
    private long heapCnt;
    private long heapLength;
    private long minLength;

    /** A decoder of descriptors as the protocol has them. */
    public DescriptorDecoder() {
        this(BugCompat.NONE);
    }

    /** A decoder of descriptors with these old mistakes. */
    public DescriptorDecoder(BugCompat bugCompat) {
        this.bugCompat = bugCompat;
    }

    /**
     * Decodes the bytes of one descriptor item; the buffer's position and limit are left alone.
     *
     * @param into receives the descriptors found, in order
     * @return the first fault met, {@link ItemFault#NONE} when there was none; descriptors before it have been added
     */
    public ItemFault decode(ByteBuffer bytes, List<Descriptor> into) {
        found = into;
        fault = ItemFault.NONE;
        open = false;
        ByteBuffer in = bytes.slice();
        while (in.hasRemaining() && packet(in)) {
            if (open && payload.size() == heapLength && minLength <= heapLength) {
                finish();
            }
        }
        if (open) {
            finish();
        }
        found = List.of();
        return fault;
    }

    /** Consumes one packet; false when it is none, so that nothing behind it can be found either. */
    private boolean packet(ByteBuffer in) {
        int size = in.remaining();
        if (size < DescriptorCodec.HEADER_BYTES
                || in.get() != Flavour.MAGIC
                || in.get() != Flavour.VERSION
                || !widths(in.get(), in.get())) {
            return refuse(ItemFault.DESCRIPTOR_HEADER);
        }
        in.getShort();
        int count = in.getShort() & 0xffff;
        if (in.remaining() < 8 * count) {
            return refuse(ItemFault.DESCRIPTOR_HEADER);
        }
        int bits = addressBytes * 8;
        long[] special = {-1, -1, -1, -1, -1};
        List<Long> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long pointer = in.getLong();
            int id = ItemPointer.id(pointer, bits);
            if (id >= ItemId.HEAP_CNT && id <= ItemId.PAYLOAD_LENGTH) {
                special[id] = ItemPointer.isImmediate(pointer) ? ItemPointer.value(pointer, bits) : special[id];
            } else {
                items.add(pointer);
            }
        }
        long offset = special[ItemId.PAYLOAD_OFFSET];
        long length = special[ItemId.PAYLOAD_LENGTH];
        if (special[ItemId.HEAP_CNT] < 0 || offset < 0 || length < 0 || length > in.remaining()) {
            return refuse(ItemFault.DESCRIPTOR_PAYLOAD);
        }
        byte[] part = new byte[(int) length];
        in.get(part);
        add(special[ItemId.HEAP_CNT], special[ItemId.HEAP_LENGTH], offset, part, items);
        return true;
    }

    private boolean widths(byte idBytes, byte heapAddressBytes) {
        addressBytes = heapAddressBytes;
        return idBytes >= 1 && heapAddressBytes >= 1 && idBytes + heapAddressBytes == 8;
    }

    private void add(long cnt, long length, long offset, byte[] part, List<Long> items) {
        boolean continues = open && cnt == heapCnt && offset == payload.size();
        if (!continues && open) {
            finish();
        }
        if (!continues && offset != 0) {
            refuse(ItemFault.DESCRIPTOR_GAP);
            return;
        }
        if (!continues) {
            payload.reset();
            pointers.clear();
            open = true;
            heapCnt = cnt;
            heapLength = -1;
            minLength = 0;
        }
        heapLength = Math.max(heapLength, length);
        payload.writeBytes(part);
        pointers.addAll(items);
        for (long pointer : items) {
            if (!ItemPointer.isImmediate(pointer)) {
                minLength = Math.max(minLength, ItemPointer.value(pointer, addressBytes * 8));
            }
        }
    }

    private boolean refuse(ItemFault why) {
        fault = fault == ItemFault.NONE ? why : fault;
        return false;
    }

    /** Turns the packets gathered into a descriptor. */
    private void finish() {
        open = false;
        int size = payload.size();
        if (minLength > size || (heapLength >= 0 && heapLength != size)) {
            refuse(ItemFault.DESCRIPTOR_GAP);
            return;
        }
        int bits = addressBytes * 8;
        byte[] bytes = payload.toByteArray();
        pointers.sort(Comparator.comparing((Long p) -> ItemPointer.isImmediate(p))
                .thenComparing(p -> ItemPointer.isImmediate(p) ? 0 : ItemPointer.value(p, bits)));
        Fields fields = new Fields();
        for (int i = 0; i < pointers.size(); i++) {
            long pointer = pointers.get(i);
            int id = ItemPointer.id(pointer, bits);
            long value = ItemPointer.value(pointer, bits);
            if (ItemPointer.isImmediate(pointer)) {
                byte[] whole = ByteBuffer.allocate(8).putLong(value).array();
                fields.set(id, ByteBuffer.wrap(whole, 8 - addressBytes, addressBytes), value);
                continue;
            }
            boolean last = i + 1 == pointers.size() || ItemPointer.isImmediate(pointers.get(i + 1));
            long end = last ? size : ItemPointer.value(pointers.get(i + 1), bits);
            if (end > value) {
                fields.set(id, ByteBuffer.wrap(bytes, (int) value, (int) (end - value)), -1);
            }
        }
        fields.build();
    }

    /** The sub-items of one descriptor. */
    private final class Fields {
        private long id;
        private ByteBuffer name = ByteBuffer.allocate(0);
        private ByteBuffer description = name;
        private ByteBuffer format = name;
        private ByteBuffer shape = name;
        private ByteBuffer dtype = name;

        void set(int subItem, ByteBuffer bytes, long immediate) {
            switch (subItem) {
                case ItemId.DESCRIPTOR_ID -> id = immediate >= 0 ? immediate : id;
                case ItemId.DESCRIPTOR_NAME -> name = bytes;
                case ItemId.DESCRIPTOR_DESCRIPTION -> description = bytes;
                case ItemId.DESCRIPTOR_FORMAT -> format = bytes;
                case ItemId.DESCRIPTOR_SHAPE -> shape = bytes;
                case ItemId.DESCRIPTOR_DTYPE -> dtype = bytes;
                default -> {
                    // Unknown sub-items are other people's extensions.
                }
            }
        }

        void build() {
            String nameText = ascii(name);
            String descriptionText = ascii(description);
            if (id <= 0 || id > Integer.MAX_VALUE) {
                refuse(ItemFault.DESCRIPTOR_ID);
            } else if (nameText == null || descriptionText == null) {
                refuse(ItemFault.DESCRIPTOR_TEXT);
            } else if (dtype.hasRemaining()) {
                String header = header(StandardCharsets.ISO_8859_1.decode(dtype).toString());
                found.add(new Descriptor((int) id, nameText, descriptionText, Shape.SCALAR, List.of(), header));
            } else {
                found.add(new Descriptor((int) id, nameText, descriptionText, shape(), format(), null));
            }
        }

        /** The header with its true byte order; one that cannot be read is kept, for its fault to be found by whoever uses it. */
        private String header(String onWire) {
            try {
                return bugCompat.numpyHeader(onWire);
            } catch (ItemFormatException e) {
                return onWire;
            }
        }

        private List<FormatField> format() {
            int width = bugCompat.formatBytes(addressBytes);
            List<FormatField> fields = new ArrayList<>();
            while (format.remaining() >= width) {
                char code = (char) (format.get() & 0xff);
                long bits = unsigned(format, width - 1);
                fields.add(new FormatField(code, (int) Math.min(bits, Integer.MAX_VALUE)));
            }
            return fields;
        }

        private Shape shape() {
            int width = bugCompat.shapeBytes(addressBytes);
            long[] sizes = new long[shape.remaining() / width];
            for (int i = 0; i < sizes.length; i++) {
                boolean variable = (shape.get() & bugCompat.variableFlag()) != 0;
                long size = unsigned(shape, width - 1);
                sizes[i] = variable ? Shape.VARIABLE : size;
            }
            return Shape.of(sizes);
        }
    }

    private static long unsigned(ByteBuffer in, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = (value << 8) | (in.get() & 0xff);
        }
        return value;
    }

    /** The text, or null when it is not ASCII. */
    private static String ascii(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            if (bytes.get(i) < 0) {
                return null;
            }
        }
        return StandardCharsets.US_ASCII.decode(bytes).toString();
    }
}
