package org.spead.item;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * What an item is: its identifier, its name, and how its bytes are laid out. Immutable.
 *
 * @param id identifier of the item described
 * @param name ASCII
 * @param description ASCII, for people
 * @param shape dimensions; {@link Shape#SCALAR} when there is a numpy header, whose own shape holds then
 * @param format fields of one element; empty when there is a numpy header
 * @param numpyHeader the text of the numpy header as it is or was on the wire, or null; {@link NumpyHeader} reads it
 */
public record Descriptor(
        int id, String name, String description, Shape shape, List<FormatField> format, String numpyHeader) {

    public Descriptor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(shape, "shape");
        format = List.copyOf(format);
        if (numpyHeader != null && (!format.isEmpty() || shape.rank() != 0)) {
            throw new IllegalArgumentException("item " + name + ": a numpy header excludes format and shape");
        }
    }

    /** Describes an item by a numpy header. */
    public static Descriptor numpy(int id, String name, String description, NumpyHeader header) {
        return new Descriptor(id, name, description, Shape.SCALAR, List.of(), header.toString());
    }

    /** Describes an item by format fields, big-endian on the wire. */
    public static Descriptor format(int id, String name, String description, Shape shape, FormatField... fields) {
        return new Descriptor(id, name, description, shape, List.of(fields), null);
    }

    /**
     * The bytes of the descriptor item: one SPEAD packet of its own.
     *
     * @return a big-endian heap buffer, position 0 to limit
     * @throws IllegalArgumentException when an identifier, width or size does not fit the flavour, or text is not ASCII
     */
    public ByteBuffer encode(Flavour flavour) {
        return DescriptorCodec.encode(this, flavour);
    }
}
