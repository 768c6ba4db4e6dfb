package org.casacore;

/** What the cells of a column or the values of a keyword are made of; the names are casacore's. */
public enum DataType {
    /** One byte, 0 or 1. */
    BOOL(0, 1),
    /** Unsigned byte. */
    UCHAR(1, 1),
    /** 16-bit integer. */
    SHORT(2, 2),
    /** Unsigned 16-bit integer. */
    USHORT(3, 2),
    /** 32-bit integer. */
    INT(4, 4),
    /** Unsigned 32-bit integer. */
    UINT(5, 4),
    /** 64-bit integer. */
    INT64(6, 8),
    /** IEEE 754 single. */
    FLOAT(7, 4),
    /** IEEE 754 double. */
    DOUBLE(8, 8),
    /** Two singles, real and imaginary. */
    COMPLEX(9, 8),
    /** Two doubles, real and imaginary. */
    DCOMPLEX(10, 16),
    /** Text, UTF-8 in the table; of no fixed width. */
    STRING(11, 0);

    private final int number;
    private final int bytes;

    DataType(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    /** Bytes of one value in a buffer; 0 for {@link #STRING}, which crosses as Java strings only. */
    public int bytes() {
        return bytes;
    }

    boolean isNumber() {
        return this != BOOL && this != STRING && this != COMPLEX && this != DCOMPLEX;
    }

    /** The number the bridge knows it by; {@code data_types.h} has the same. */
    int number() {
        return number;
    }

    static DataType ofNumber(int number) {
        for (DataType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        throw new IllegalArgumentException("casacore type without a name here, number " + number);
    }
}
