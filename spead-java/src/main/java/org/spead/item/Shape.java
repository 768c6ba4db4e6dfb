package org.spead.item;

import java.util.Arrays;
import java.util.StringJoiner;

/** The dimensions of an item, slowest first; a descriptor's may be variable. Immutable. */
public final class Shape {
    /** The size of a dimension that is as large as the item's bytes allow. */
    public static final long VARIABLE = -1;

    /** No dimensions: a single element. */
    public static final Shape SCALAR = new Shape(new long[0]);

    private final long[] sizes;

    private Shape(long[] sizes) {
        this.sizes = sizes;
    }

    /** A shape of these sizes, each non-negative or {@link #VARIABLE}. */
    public static Shape of(long... sizes) {
        for (long size : sizes) {
            if (size < VARIABLE) {
                throw new IllegalArgumentException("dimensions must not be negative: " + Arrays.toString(sizes));
            }
        }
        return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
    }

    /** Number of dimensions. */
    public int rank() {
        return sizes.length;
    }

    /** Size of dimension {@code index}, or {@link #VARIABLE}. */
    public long size(int index) {
        return sizes[index];
    }

    /** How many dimensions are variable. */
    public int variableCount() {
        int count = 0;
        for (long size : sizes) {
            count += size == VARIABLE ? 1 : 0;
        }
        return count;
    }

    /** Product of the sizes that are known, {@link Long#MAX_VALUE} when it is larger than that; 1 for a scalar. */
    public long knownElements() {
        long product = 1;
        boolean huge = false;
        for (long size : sizes) {
            if (size == 0) {
                return 0;
            }
            if (size > 0) {
                huge |= Math.multiplyHigh(product, size) != 0 || product * size < 0;
                product = huge ? 1 : product * size;
            }
        }
        return huge ? Long.MAX_VALUE : product;
    }

    /** This shape with its variable dimension, if any, set to {@code size}. */
    public Shape withVariable(long size) {
        if (variableCount() == 0) {
            return this;
        }
        long[] resolved = sizes.clone();
        for (int i = 0; i < resolved.length; i++) {
            resolved[i] = resolved[i] == VARIABLE ? size : resolved[i];
        }
        return new Shape(resolved);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** As Python prints a tuple: {@code ()}, {@code (4,)}, {@code (4, 6)}; a variable dimension is {@code None}. */
    @Override
    public String toString() {
        StringJoiner joiner = new StringJoiner(", ", "(", sizes.length == 1 ? ",)" : ")");
        for (long size : sizes) {
            joiner.add(size == VARIABLE ? "None" : Long.toString(size));
        }
        return joiner.toString();
    }
}
