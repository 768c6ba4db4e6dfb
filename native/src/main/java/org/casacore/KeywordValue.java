package org.casacore;

import java.util.Objects;

/**
 * A keyword's value outside a table: what a description carries until there is a table to put it into. Immutable as
 * long as nobody writes into the array it was given.
 *
 * @param type of the values; null for a record
 * @param shape extents of an array in casacore's order; null for a scalar
 * @param values String[], double[], long[] or boolean[], one element for a scalar; null for an empty record
 */
record KeywordValue(DataType type, Shape shape, Object values) {
    /** Extents, wrapped so that the record has no bare array. */
    record Shape(java.util.List<Long> extents) {
        static Shape of(long... extents) {
            return new Shape(java.util.Arrays.stream(extents).boxed().toList());
        }

        long[] toArray() {
            return extents.stream().mapToLong(Long::longValue).toArray();
        }
    }

    static final KeywordValue RECORD = new KeywordValue(null, null, null);

    /** From what a caller hands over: String, Integer, Long, Double, Boolean, or String[], int[], long[], double[]. */
    static KeywordValue of(Object value) {
        Objects.requireNonNull(value, "keyword value");
        if (value instanceof String text) {
            return new KeywordValue(DataType.STRING, null, new String[] {text});
        } else if (value instanceof Integer number) {
            return new KeywordValue(DataType.INT, null, new long[] {number});
        } else if (value instanceof Long number) {
            return new KeywordValue(DataType.INT64, null, new long[] {number});
        } else if (value instanceof Double number) {
            return new KeywordValue(DataType.DOUBLE, null, new double[] {number});
        } else if (value instanceof Boolean flag) {
            return new KeywordValue(DataType.BOOL, null, new boolean[] {flag});
        }
        return ofArray(value);
    }

    private static KeywordValue ofArray(Object value) {
        if (value instanceof String[] texts) {
            return new KeywordValue(DataType.STRING, Shape.of(texts.length), texts.clone());
        } else if (value instanceof double[] numbers) {
            return new KeywordValue(DataType.DOUBLE, Shape.of(numbers.length), numbers.clone());
        } else if (value instanceof long[] numbers) {
            return new KeywordValue(DataType.INT64, Shape.of(numbers.length), numbers.clone());
        } else if (value instanceof int[] numbers) {
            long[] wide = java.util.Arrays.stream(numbers).asLongStream().toArray();
            return new KeywordValue(DataType.INT, Shape.of(numbers.length), wide);
        }
        throw new IllegalArgumentException(
                "a keyword cannot hold a " + value.getClass().getSimpleName());
    }
}
