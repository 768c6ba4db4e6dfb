package org.spead.item;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The element type of an item as numpy names it: a scalar such as {@code <u4}, or a record of named fields.
 *
 * <p>Known kinds: {@code i u} 1, 2, 4, 8 bytes, {@code f} 2, 4, 8, {@code c} 8, 16, {@code b} 1, and {@code S U V} of any
 * length ({@code U} counts characters of four bytes). Immutable.
 */
public final class NumpyType {
    static final char NATIVE_ORDER = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? '<' : '>';

    private static final char STRUCTURED = 'r';

    private final char order;
    private final char kind;
    private final int itemSizeBytes;
    private final List<NumpyField> fields;

    private NumpyType(char order, char kind, int itemSizeBytes, List<NumpyField> fields) {
        this.order = order;
        this.kind = kind;
        this.itemSizeBytes = itemSizeBytes;
        this.fields = List.copyOf(fields);
    }

    /**
     * A scalar type.
     *
     * @param order {@code <}, {@code >}, or {@code =} or {@code |} for this machine's; kept as {@code |} where it means nothing
     * @param kind numpy's letter
     * @param size the number behind the letter: bytes, or characters for {@code U}
     * @throws ItemFormatException when there is no such type
     */
    public static NumpyType scalar(char order, char kind, int size) {
        boolean known = switch (kind) {
            case 'i', 'u' -> size == 1 || size == 2 || size == 4 || size == 8;
            case 'f' -> size == 2 || size == 4 || size == 8;
            case 'c' -> size == 8 || size == 16;
            case 'b' -> size == 1;
            case 'S', 'V' -> size >= 0;
            case 'U' -> size >= 0 && size <= Integer.MAX_VALUE / 4;
            default -> false;
        };
        String text = "" + order + kind + size;
        if (kind == 'O') {
            throw new ItemFormatException(ItemFault.DTYPE_OBJECT, text);
        }
        if (!known || "<>=|".indexOf(order) < 0) {
            throw new ItemFormatException(ItemFault.DTYPE_UNKNOWN, text);
        }
        if (size == 0) {
            throw new ItemFormatException(ItemFault.DTYPE_ZERO_SIZE, text);
        }
        boolean ordered = kind == 'U' || (size > 1 && kind != 'S' && kind != 'V');
        char kept = !ordered ? '|' : (order == '<' || order == '>') ? order : NATIVE_ORDER;
        return new NumpyType(kept, kind, kind == 'U' ? size * 4 : size, List.of());
    }

    /** A record of fields laid back to back; a field's own offset is ignored, and an empty name becomes {@code f<index>}. */
    public static NumpyType structured(List<NumpyField> fields) {
        Set<String> names = new HashSet<>();
        List<NumpyField> placed = new ArrayList<>();
        long offset = 0;
        for (NumpyField field : fields) {
            String name = field.name().isEmpty() ? "f" + placed.size() : field.name();
            if (!names.add(name)) {
                throw new ItemFormatException(ItemFault.DTYPE_DUPLICATE_FIELD, name);
            }
            if (field.shape().variableCount() > 0) {
                throw new ItemFormatException(ItemFault.NUMPY_SHAPE, name);
            }
            placed.add(new NumpyField(name, field.type(), field.shape(), (int) offset));
            long elements = Math.min(field.shape().knownElements(), Integer.MAX_VALUE);
            offset += elements * field.type().itemSizeBytes();
            if (offset > Integer.MAX_VALUE) {
                throw new ItemFormatException(ItemFault.DTYPE_UNKNOWN, "elements of more than 2 GiB");
            }
        }
        if (offset == 0) {
            throw new ItemFormatException(ItemFault.DTYPE_ZERO_SIZE, "no fields with bytes");
        }
        return new NumpyType('|', STRUCTURED, (int) offset, placed);
    }

    /** Byte order: {@code <}, {@code >}, or {@code |} when there is none (also for records, whose fields have theirs). */
    public char order() {
        return order;
    }

    /** Numpy's letter; meaningless for records. */
    public char kind() {
        return kind;
    }

    /** Bytes of one element. */
    public int itemSizeBytes() {
        return itemSizeBytes;
    }

    /** Whether this is a record of fields. */
    public boolean isStructured() {
        return kind == STRUCTURED;
    }

    /** The fields of a record in order; none for a scalar. */
    public List<NumpyField> fields() {
        return fields;
    }

    /** The same type in this machine's byte order. */
    public NumpyType toNative() {
        if (isNative()) {
            return this;
        }
        if (!isStructured()) {
            return new NumpyType(NATIVE_ORDER, kind, itemSizeBytes, List.of());
        }
        List<NumpyField> converted = fields.stream()
                .map(f -> new NumpyField(f.name(), f.type().toNative(), f.shape(), f.offsetBytes()))
                .collect(Collectors.toList());
        return new NumpyType('|', STRUCTURED, itemSizeBytes, converted);
    }

    /** The same type in the other byte order. */
    public NumpyType swapped() {
        if (isStructured()) {
            List<NumpyField> converted = fields.stream()
                    .map(f -> new NumpyField(f.name(), f.type().swapped(), f.shape(), f.offsetBytes()))
                    .collect(Collectors.toList());
            return new NumpyType('|', STRUCTURED, itemSizeBytes, converted);
        }
        char other = order == '<' ? '>' : '<';
        return order == '|' ? this : new NumpyType(other, kind, itemSizeBytes, List.of());
    }

    /** Whether the bytes are in this machine's order already. */
    public boolean isNative() {
        if (!isStructured()) {
            return order == '|' || order == NATIVE_ORDER;
        }
        return fields.stream().allMatch(f -> f.type().isNative());
    }

    /** The type as the Python literal in a numpy header: {@code '<u4'}, or a list of fields. */
    public String descr() {
        return isStructured() ? toString() : "'" + this + "'";
    }

    /** {@code <u4}, or the list of fields. */
    @Override
    public String toString() {
        if (isStructured()) {
            return fields.stream().map(NumpyField::descr).collect(Collectors.joining(", ", "[", "]"));
        }
        return "" + order + kind + (kind == 'U' ? itemSizeBytes / 4 : itemSizeBytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumpyType type
                && order == type.order
                && kind == type.kind
                && itemSizeBytes == type.itemSizeBytes
                && fields.equals(type.fields);
    }

    @Override
    public int hashCode() {
        return (order * 31 + kind) * 31 + itemSizeBytes + fields.hashCode();
    }
}
