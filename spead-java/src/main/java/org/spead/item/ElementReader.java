package org.spead.item;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the unpacked bytes of one element into a Java object. Immutable; makes garbage, so not for the data path. */
interface ElementReader {
    /** The element type's name. */
    String dtype();

    /** Bytes of one unpacked element. */
    int sizeBytes();

    /** Whether elements are the characters of a text. */
    boolean isText();

    /** Reads the element at a byte offset of a buffer in native order. */
    Object read(ByteBuffer bytes, int offset);

    /** Elements of a numpy type in native order. */
    record OfNumpy(NumpyType type, boolean isText) implements ElementReader {
        @Override
        public String dtype() {
            return isText ? "str" : type.toString();
        }

        @Override
        public int sizeBytes() {
            return type.itemSizeBytes();
        }

        @Override
        public Object read(ByteBuffer bytes, int offset) {
            return read(type, bytes, offset);
        }

        private static Object read(NumpyType type, ByteBuffer bytes, int offset) {
            if (type.isStructured()) {
                Map<String, Object> values = new LinkedHashMap<>();
                for (NumpyField field : type.fields()) {
                    values.put(field.name(), read(field, bytes, offset + field.offsetBytes()));
                }
                return values;
            }
            int size = type.itemSizeBytes();
            return switch (type.kind()) {
                case 'i' -> signed(bytes, offset, size);
                case 'u' -> unsigned(signed(bytes, offset, size), size);
                case 'f' -> real(bytes, offset, size);
                case 'c' -> List.of(real(bytes, offset, size / 2), real(bytes, offset + size / 2, size / 2));
                case 'b' -> bytes.get(offset) != 0;
                case 'S' -> chars(bytes, offset, size);
                case 'U' -> codePoints(bytes, offset, size / 4);
                default -> HexFormat.of().formatHex(copy(bytes, offset, size));
            };
        }

        private static Object read(NumpyField field, ByteBuffer bytes, int offset) {
            if (field.shape().rank() == 0) {
                return read(field.type(), bytes, offset);
            }
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < field.elements(); i++) {
                values.add(read(field.type(), bytes, offset + i * field.type().itemSizeBytes()));
            }
            return values;
        }

        private static long signed(ByteBuffer bytes, int offset, int size) {
            return switch (size) {
                case 1 -> bytes.get(offset);
                case 2 -> bytes.getShort(offset);
                case 4 -> bytes.getInt(offset);
                default -> bytes.getLong(offset);
            };
        }

        private static double real(ByteBuffer bytes, int offset, int size) {
            return switch (size) {
                case 2 -> half(bytes.getShort(offset));
                case 4 -> bytes.getFloat(offset);
                default -> bytes.getDouble(offset);
            };
        }

        /** IEEE 754 binary16. */
        private static double half(short bits) {
            int exponent = (bits >> 10) & 0x1f;
            int fraction = bits & 0x3ff;
            double magnitude;
            if (exponent == 0) {
                magnitude = Math.scalb((double) fraction, -24);
            } else if (exponent == 0x1f) {
                magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            } else {
                magnitude = Math.scalb((double) (fraction | 0x400), exponent - 25);
            }
            return bits < 0 ? -magnitude : magnitude;
        }

        private static String chars(ByteBuffer bytes, int offset, int size) {
            int end = size;
            while (end > 0 && bytes.get(offset + end - 1) == 0) {
                end--;
            }
            return new String(copy(bytes, offset, end), StandardCharsets.ISO_8859_1);
        }

        private static String codePoints(ByteBuffer bytes, int offset, int count) {
            int end = count;
            while (end > 0 && bytes.getInt(offset + 4 * (end - 1)) == 0) {
                end--;
            }
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < end; i++) {
                int point = bytes.getInt(offset + 4 * i);
                text.appendCodePoint(Character.isValidCodePoint(point) ? point : 0xfffd);
            }
            return text.toString();
        }

        private static byte[] copy(ByteBuffer bytes, int offset, int size) {
            byte[] copy = new byte[size];
            bytes.get(offset, copy);
            return copy;
        }
    }

    /** Elements unpacked from a stream of bits: one 64-bit word a field. */
    record OfWords(List<FormatField> fields) implements ElementReader {
        public OfWords {
            fields = List.copyOf(fields);
        }

        @Override
        public String dtype() {
            if (fields.size() == 1) {
                return "object";
            }
            List<String> names = new ArrayList<>();
            for (FormatField field : fields) {
                String type = switch (field.code()) {
                    case 'f' -> NumpyType.NATIVE_ORDER + "f" + field.bits() / 8;
                    case 'c' -> "S1";
                    default -> "O";
                };
                names.add("('f" + names.size() + "', '" + type + "')");
            }
            return "[" + String.join(", ", names) + "]";
        }

        @Override
        public int sizeBytes() {
            return 8 * fields.size();
        }

        @Override
        public boolean isText() {
            return false;
        }

        @Override
        public Object read(ByteBuffer bytes, int offset) {
            if (fields.size() == 1) {
                return word(fields.get(0), bytes.getLong(offset));
            }
            Map<String, Object> values = new LinkedHashMap<>();
            for (FormatField field : fields) {
                int i = values.size();
                values.put("f" + i, word(field, bytes.getLong(offset + 8 * i)));
            }
            return values;
        }

        private static Object word(FormatField field, long word) {
            return switch (field.code()) {
                case 'u' -> unsigned(word, 8);
                case 'b' -> word != 0;
                case 'f' -> Double.longBitsToDouble(word);
                case 'c' -> String.valueOf((char) word);
                default -> word;
            };
        }
    }

    private static Object unsigned(long value, int size) {
        if (size < 8) {
            return value & ((1L << (8 * size)) - 1);
        }
        return value >= 0 ? (Object) value : new BigInteger(Long.toUnsignedString(value));
    }
}
