package org.spead.item;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The numpy header of a descriptor: element type, order of dimensions and shape, as the header of a {@code .npy} file has
 * them. Immutable.
 *
 * @param type element type
 * @param fortranOrder whether the first dimension varies fastest on the wire
 * @param shape sizes, none of them variable
 */
public record NumpyHeader(NumpyType type, boolean fortranOrder, Shape shape) {
    private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

    public NumpyHeader {
        if (shape.variableCount() > 0) {
            throw new ItemFormatException(ItemFault.NUMPY_SHAPE, shape.toString());
        }
    }

    /** A header in C order. */
    public static NumpyHeader of(NumpyType type, long... sizes) {
        return new NumpyHeader(type, false, Shape.of(sizes));
    }

    /**
     * Parses the text of a header.
     *
     * @throws ItemFormatException when it is not exactly a dictionary of the three keys with values of the right kind
     */
    public static NumpyHeader parse(String text) {
        if (!(PythonLiteral.read(text) instanceof Map<?, ?> map)) {
            throw new ItemFormatException(ItemFault.NUMPY_SYNTAX, text);
        }
        if (!map.keySet().equals(KEYS)) {
            throw new ItemFormatException(ItemFault.NUMPY_KEYS, map.keySet().toString());
        }
        if (!(map.get("fortran_order") instanceof Boolean fortranOrder)) {
            throw new ItemFormatException(ItemFault.NUMPY_ORDER, String.valueOf(map.get("fortran_order")));
        }
        Shape shape = shape(map.get("shape"));
        return new NumpyHeader(type(map.get("descr")), fortranOrder, shape);
    }

    private static Shape shape(Object literal) {
        if (!(literal instanceof PythonLiteral.Tuple tuple)) {
            throw new ItemFormatException(ItemFault.NUMPY_SHAPE, String.valueOf(literal));
        }
        long[] sizes = new long[tuple.values().size()];
        for (int i = 0; i < sizes.length; i++) {
            if (!(tuple.values().get(i) instanceof Long size) || size < 0) {
                throw new ItemFormatException(ItemFault.NUMPY_SHAPE, String.valueOf(tuple.values()));
            }
            sizes[i] = size;
        }
        return Shape.of(sizes);
    }

    private static NumpyType type(Object literal) {
        if (literal instanceof String name) {
            return scalar(name);
        }
        if (literal instanceof List<?> list) {
            List<NumpyField> fields = new ArrayList<>();
            for (Object field : list) {
                fields.add(field(field));
            }
            return NumpyType.structured(fields);
        }
        throw new ItemFormatException(ItemFault.DTYPE_UNKNOWN, String.valueOf(literal));
    }

    private static NumpyField field(Object literal) {
        if (literal instanceof PythonLiteral.Tuple tuple) {
            List<Object> parts = tuple.values();
            if ((parts.size() == 2 || parts.size() == 3) && parts.get(0) instanceof String name) {
                Shape shape = Shape.SCALAR;
                if (parts.size() == 3) {
                    // Numpy takes a bare number for a sub-array of one dimension.
                    boolean number = parts.get(2) instanceof Long;
                    shape = shape(number ? new PythonLiteral.Tuple(parts.subList(2, 3)) : parts.get(2));
                }
                return new NumpyField(name, type(parts.get(1)), shape, 0);
            }
        }
        throw new ItemFormatException(ItemFault.DTYPE_UNKNOWN, "field " + literal);
    }

    private static NumpyType scalar(String name) {
        if (name.equals("?")) {
            return NumpyType.scalar('|', 'b', 1);
        }
        boolean ordered = !name.isEmpty() && "<>=|".indexOf(name.charAt(0)) >= 0;
        String rest = ordered ? name.substring(1) : name;
        if (rest.equals("O")) {
            throw new ItemFormatException(ItemFault.DTYPE_OBJECT, name);
        }
        if (!rest.matches("[a-zA-Z][0-9]{1,9}")) {
            throw new ItemFormatException(ItemFault.DTYPE_UNKNOWN, name);
        }
        return NumpyType.scalar(ordered ? name.charAt(0) : '=', rest.charAt(0), Integer.parseInt(rest.substring(1)));
    }

    /** The header as numpy prints it, which is what goes on the wire. */
    @Override
    public String toString() {
        return "{'descr': " + type.descr() + ", 'fortran_order': " + (fortranOrder ? "True" : "False") + ", 'shape': "
                + shape + "}";
    }
}
