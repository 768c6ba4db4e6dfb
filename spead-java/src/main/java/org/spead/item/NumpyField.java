package org.spead.item;

/**
 * One field of a structured dtype. Immutable.
 *
 * @param name field name, unique in its dtype
 * @param type type of one element of the field
 * @param shape how many elements: {@link Shape#SCALAR}, or the shape of a sub-array
 * @param offsetBytes where the field lies in an element of the dtype; there is no hidden padding
 */
public record NumpyField(String name, NumpyType type, Shape shape, int offsetBytes) {
    /** Elements of the field, 1 when it is no sub-array. */
    public int elements() {
        return (int) shape.knownElements();
    }

    /** Bytes of the whole field. */
    public int sizeBytes() {
        return elements() * type.itemSizeBytes();
    }

    /** The field as numpy prints it: {@code ('VIS', '<c8', (4,))}. */
    String descr() {
        String head = "(" + PythonLiteral.quote(name) + ", " + type.descr();
        return shape.rank() == 0 ? head + ")" : head + ", " + shape + ")";
    }
}
