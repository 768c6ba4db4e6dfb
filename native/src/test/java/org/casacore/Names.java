package org.casacore;

/** python-casacore's words for the types. */
final class Names {
    private Names() {}

    static String ofPython(DataType type) {
        return switch (type) {
            case BOOL -> "boolean";
            case UCHAR -> "uchar";
            case SHORT -> "short";
            case USHORT -> "ushort";
            case INT -> "int";
            case UINT -> "uint";
            case INT64 -> "int64";
            case FLOAT -> "float";
            case DOUBLE -> "double";
            case COMPLEX -> "complex";
            case DCOMPLEX -> "dcomplex";
            case STRING -> "string";
        };
    }

    static String ofNumpy(DataType type) {
        return switch (type) {
            case BOOL -> "bool";
            case UCHAR -> "uint8";
            case SHORT -> "int16";
            case USHORT -> "uint16";
            case INT -> "int32";
            case UINT -> "uint32";
            case INT64 -> "int64";
            case FLOAT -> "float32";
            case DOUBLE -> "float64";
            case COMPLEX -> "complex64";
            case DCOMPLEX -> "complex128";
            case STRING -> "str";
        };
    }
}
