package org.spead.item;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;

/**
 * The value of an item, unpacked: a shape and its elements in C order (last dimension fastest) and in this machine's byte
 * order. Immutable and independent of the heap it came from.
 *
 * <p>Elements of format fields that are no machine types (a 12-bit integer, say) are unpacked to one 64-bit word a field:
 * integers and booleans by value, floats as the bits of a {@code double}, characters as their code.
 */
public final class ItemValue {
    private final ElementReader reader;
    private final Shape shape;
    private final ByteBuffer bytes;

    /** Takes over {@code bytes}, of which position 0 to limit are the elements. */
    ItemValue(ElementReader reader, Shape shape, ByteBuffer bytes) {
        this.reader = reader;
        this.shape = shape;
        this.bytes = bytes.order(ByteOrder.nativeOrder());
    }

    /**
     * The element type: as numpy prints it ({@code <u4}, or a list of fields), {@code object} for elements unpacked from
     * bits, {@code str} for text.
     */
    public String dtype() {
        return reader.dtype();
    }

    /** The element type in this machine's byte order; empty for elements unpacked from bits. */
    public Optional<NumpyType> numpyType() {
        return reader instanceof ElementReader.OfNumpy numpy ? Optional.of(numpy.type()) : Optional.empty();
    }

    /** Sizes of the dimensions, none variable; {@link Shape#SCALAR} for a single element and for text. */
    public Shape shape() {
        return isText() ? Shape.SCALAR : shape;
    }

    /** Number of elements; characters for text. */
    public int elementCount() {
        return bytes.limit() / reader.sizeBytes();
    }

    /** A read-only view of the elements in C order and this machine's byte order. */
    public ByteBuffer bytes() {
        return bytes.duplicate().rewind().asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    }

    /** Whether the item is text: one dimension of 8-bit characters. */
    public boolean isText() {
        return reader.isText();
    }

    /** The text; ASCII, without the zero bytes that pad it (in an immediate they stand before it). */
    public String asText() {
        if (!isText()) {
            throw new IllegalStateException("item of type " + dtype() + " is not text");
        }
        return StandardCharsets.US_ASCII.decode(bytes()).toString().replace("\0", "");
    }

    /** The first element as an integer; unsigned 64-bit values keep their bits. Truncates floats. */
    public long asLong() {
        Object value = first();
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return number(value).longValue();
    }

    /** The first element as a float. */
    public double asDouble() {
        return number(first()).doubleValue();
    }

    /**
     * One element in Java terms: {@code Long} (or {@code BigInteger} beyond its range), {@code Double}, {@code Boolean},
     * {@code String} without trailing zeros, a list of real and imaginary part, a list for a sub-array, a map for a
     * record; for opaque bytes their hexadecimal text.
     */
    public Object element(int index) {
        if (index < 0 || index >= elementCount()) {
            throw new IndexOutOfBoundsException("element " + index + " of " + elementCount());
        }
        return reader.read(bytes, index * reader.sizeBytes());
    }

    /** All elements in C order, read as they are asked for. */
    public List<Object> elements() {
        return new AbstractList<>() {
            @Override
            public Object get(int index) {
                return element(index);
            }

            @Override
            public int size() {
                return elementCount();
            }
        };
    }

    private Object first() {
        if (elementCount() == 0) {
            throw new IllegalStateException("item of shape " + shape + " has no elements");
        }
        return element(0);
    }

    private Number number(Object value) {
        if (value instanceof Number n) {
            return n;
        }
        throw new IllegalStateException("item of type " + dtype() + " is not a number");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ItemValue value
                && dtype().equals(value.dtype())
                && shape.equals(value.shape)
                && bytes().equals(value.bytes());
    }

    @Override
    public int hashCode() {
        return shape.hashCode() * 31 + bytes().hashCode();
    }

    /** Type and shape; never the elements, of which there may be millions. */
    @Override
    public String toString() {
        return dtype() + shape;
    }
}
