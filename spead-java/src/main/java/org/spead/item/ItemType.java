package org.spead.item;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The way between an item's bytes and its value, compiled from a descriptor once. Immutable and thread-safe.
 *
 * <p>An item of fixed size uses the first bytes it needs of an addressed item, and the last of an immediate, whose head is
 * padding; a variable dimension is as large as the bytes allow. An item that needs no bytes is empty, whatever it came as.
 */
public abstract sealed class ItemType permits NumpyItemType, BitItemType {
    private final ElementReader reader;
    private final Shape shape;
    private final long elementBits;

    ItemType(ElementReader reader, Shape shape, long elementBits) {
        this.reader = reader;
        this.shape = shape;
        this.elementBits = elementBits;
    }

    /**
     * Compiles a descriptor.
     *
     * @throws ItemFormatException when it describes nothing usable
     */
    public static ItemType of(Descriptor descriptor) {
        if (descriptor.numpyHeader() != null) {
            return of(NumpyHeader.parse(descriptor.numpyHeader()));
        }
        List<FormatField> format = descriptor.format();
        Shape shape = descriptor.shape();
        if (format.isEmpty()) {
            throw new ItemFormatException(ItemFault.FORMAT_EMPTY, descriptor.name());
        }
        if (shape.variableCount() > 1) {
            throw new ItemFormatException(ItemFault.SHAPE_VARIABLE, shape.toString());
        }
        for (FormatField field : format) {
            if (!field.isSupported()) {
                throw new ItemFormatException(ItemFault.FORMAT_UNKNOWN, field.toString());
            }
        }
        if (!format.stream().allMatch(FormatField::isNumpy)) {
            return new BitItemType(format, shape);
        }
        if (format.size() == 1) {
            boolean text = format.get(0).code() == 'c' && shape.rank() == 1;
            return new NumpyItemType(format.get(0).numpyType(), false, shape, text);
        }
        List<NumpyField> fields = format.stream()
                .map(f -> new NumpyField("", f.numpyType(), Shape.SCALAR, 0))
                .toList();
        return new NumpyItemType(NumpyType.structured(fields), false, shape, false);
    }

    /** The type of items with this numpy header. */
    public static ItemType of(NumpyHeader header) {
        return new NumpyItemType(header.type(), header.fortranOrder(), header.shape(), false);
    }

    /** The shape described; one dimension may be variable. */
    public final Shape shape() {
        return shape;
    }

    /** Whether no dimension is variable. */
    public final boolean isFixedSize() {
        return shape.variableCount() == 0;
    }

    /** Bytes on the wire of {@code elements} elements, {@link Long#MAX_VALUE} when beyond all bounds. */
    final long wireBytes(long elements) {
        if (elements > (Long.MAX_VALUE - 7) / elementBits) {
            return Long.MAX_VALUE;
        }
        return (elements * elementBits + 7) / 8;
    }

    /** Whether a sender puts such items into the pointer: fixed size, whole bytes an element, and no more than fit. */
    public final boolean isImmediate(Flavour flavour) {
        return isFixedSize() && elementBits % 8 == 0 && wireBytes(shape.knownElements()) <= flavour.heapAddressBytes();
    }

    /** Whether {@link #decode} will succeed, and if not, why. Never throws. */
    public final ItemFault check(RawItem raw) {
        long available = raw.bytes().remaining();
        long elements = elements(available);
        if (wireBytes(elements) > available) {
            return ItemFault.VALUE_SHORT;
        }
        if (elements > Integer.MAX_VALUE / reader.sizeBytes()) {
            return ItemFault.VALUE_LARGE;
        }
        return reader.isText() && !isAscii(wire(raw)) ? ItemFault.VALUE_TEXT : ItemFault.NONE;
    }

    /**
     * Unpacks an item into a value of its own.
     *
     * @throws IllegalArgumentException when {@link #check} would have named a fault
     */
    public final ItemValue decode(RawItem raw) {
        ItemFault fault = check(raw);
        if (fault != ItemFault.NONE) {
            throw new IllegalArgumentException("item 0x" + Integer.toHexString(raw.id()) + ": " + fault.text());
        }
        int available = raw.bytes().remaining();
        int elements = (int) elements(available);
        Shape resolved = shape.withVariable(variableSize(available));
        ByteBuffer unpacked = ByteBuffer.allocate(elements * reader.sizeBytes()).order(ByteOrder.nativeOrder());
        unpack(wire(raw), resolved, elements, unpacked);
        return new ItemValue(reader, resolved, unpacked.rewind());
    }

    /** The bytes of a value on the wire: a new heap buffer, position 0 to limit. */
    public final ByteBuffer encode(ItemValue value) {
        int elements = value.elementCount();
        ByteBuffer wire = ByteBuffer.allocate(Math.toIntExact(wireBytes(elements)));
        Shape resolved = value.isText() ? Shape.of(elements) : value.shape();
        pack(value.bytes(), resolved, elements, wire);
        return wire.rewind();
    }

    /** A single integer, boolean (0, 1) or character as a value of this type. */
    public final ItemValue ofLong(long value) {
        return new ItemValue(reader, single(), scalar(value, (double) value));
    }

    /** A single float (or an integer near it) as a value of this type. */
    public final ItemValue ofDouble(double value) {
        return new ItemValue(reader, single(), scalar((long) value, value));
    }

    /** A text as a value of this type, whose shape must allow its length. */
    public final ItemValue ofText(String text) {
        if (!reader.isText()) {
            throw new IllegalArgumentException("items of type " + reader.dtype() + " hold no text");
        }
        return ofElements(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Elements in C order and this machine's byte order (see {@link ItemValue}) as a value of this type; the bytes from
     * position to limit are copied.
     */
    public final ItemValue ofElements(ByteBuffer nativeBytes) {
        int size = nativeBytes.remaining();
        int elements = size / reader.sizeBytes();
        long others = shape.knownElements();
        long variable = others == 0 ? 0 : elements / others;
        Shape resolved = shape.withVariable(variable);
        if (resolved.knownElements() != elements || elements * reader.sizeBytes() != size) {
            throw new IllegalArgumentException(
                    size + " bytes are no elements " + reader.dtype() + " of shape " + shape);
        }
        return new ItemValue(
                reader,
                resolved,
                ByteBuffer.allocate(size).put(nativeBytes.duplicate()).rewind());
    }

    /** Whether a value is of this type: its elements are, and its shape is but for a variable dimension. */
    public final boolean holds(ItemValue value) {
        Shape actual = value.isText() ? Shape.of(value.elementCount()) : value.shape();
        boolean same = value.dtype().equals(reader.dtype())
                && value.bytes().remaining() == value.elementCount() * reader.sizeBytes()
                && actual.rank() == shape.rank();
        for (int i = 0; same && i < shape.rank(); i++) {
            same = shape.size(i) == Shape.VARIABLE || shape.size(i) == actual.size(i);
        }
        return same;
    }

    /** Fills {@code out}, in native order and C order, from the bytes on the wire. */
    abstract void unpack(ByteBuffer wire, Shape resolved, int elements, ByteBuffer out);

    /** Fills {@code wire} from elements in native order and C order. */
    abstract void pack(ByteBuffer nativeBytes, Shape resolved, int elements, ByteBuffer wire);

    /** One element in native order; {@code real} where the type is a float, else {@code integer}. */
    abstract ByteBuffer scalar(long integer, double real);

    private Shape single() {
        if (!shape.withVariable(1).equals(Shape.SCALAR)) {
            throw new IllegalArgumentException("items of shape " + shape + " are no single values");
        }
        return Shape.SCALAR;
    }

    private long elements(long availableBytes) {
        if (isFixedSize()) {
            return shape.knownElements();
        }
        return shape.knownElements() * variableSize(availableBytes);
    }

    private long variableSize(long availableBytes) {
        long others = shape.knownElements();
        return others == 0 ? 0 : availableBytes * 8 / elementBits / others;
    }

    /** The bytes that count: the first ones needed, or of an immediate the last. There must be enough. */
    private ByteBuffer wire(RawItem raw) {
        ByteBuffer bytes = raw.bytes();
        int needed = (int) wireBytes(elements(bytes.remaining()));
        int start = raw.immediate() ? bytes.limit() - needed : bytes.position();
        return bytes.slice(start, needed);
    }

    private static boolean isAscii(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            if (bytes.get(i) < 0) {
                return false;
            }
        }
        return true;
    }
}
