package org.cbfsdp.recv.dump;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.spead.item.ItemValue;
import org.spead.item.NumpyField;
import org.spead.item.NumpyType;
import org.spead.item.Shape;

/**
 * Types and values of items as JSON: arrays nested by their shape, complex numbers as two, bytes as {@code {"bytes_hex"}},
 * types as numpy names them. Stateless.
 */
final class JsonValues {
    private static final int MOST_DIMENSIONS = 64;
    private static final int MOST_EMPTY_LISTS = 64;

    private JsonValues() {}

    /** The type: numpy's short text for arrays, its or Python's name for single values, a list of fields for records. */
    static void writeType(JsonGenerator json, ItemValue value) throws IOException {
        NumpyType type = value.numpyType().orElse(null);
        boolean single = value.shape().rank() == 0;
        if (value.isText()) {
            json.writeString("str");
        } else if (type != null) {
            writeType(json, type, single);
        } else if (single && value.dtype().equals("object")) {
            json.writeString(pythonName(value.element(0)));
        } else {
            json.writeString(value.dtype());
        }
    }

    private static void writeType(JsonGenerator json, NumpyType type, boolean single) throws IOException {
        if (!type.isStructured()) {
            json.writeString(single ? numpyName(type) : type.toString());
            return;
        }
        json.writeStartArray();
        for (NumpyField field : type.fields()) {
            json.writeStartArray();
            json.writeString(field.name());
            writeType(json, field.type(), false);
            if (field.shape().rank() > 0) {
                writeShape(json, field.shape());
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static String numpyName(NumpyType type) {
        int bits = 8 * type.itemSizeBytes();
        return switch (type.kind()) {
            case 'i' -> "int" + bits;
            case 'u' -> "uint" + bits;
            case 'f' -> "float" + bits;
            case 'c' -> "complex" + bits;
            case 'b' -> "bool";
            case 'S' -> "bytes" + bits;
            case 'U' -> "str" + bits;
            default -> "void" + bits;
        };
    }

    private static String pythonName(Object element) {
        if (element instanceof Boolean) {
            return "bool";
        }
        return element instanceof String ? "str" : element instanceof Double ? "float" : "int";
    }

    /** The sizes; null for a variable one. */
    static void writeShape(JsonGenerator json, Shape shape) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < shape.rank(); i++) {
            if (shape.size(i) == Shape.VARIABLE) {
                json.writeNull();
            } else {
                json.writeNumber(shape.size(i));
            }
        }
        json.writeEndArray();
    }

    /** All elements; records one after the other, whatever their shape. */
    static void writeValue(JsonGenerator json, ItemValue value) throws IOException {
        if (value.isText()) {
            json.writeString(value.asText());
            return;
        }
        NumpyType type = value.numpyType().orElse(null);
        boolean records = type == null ? !value.dtype().equals("object") : type.isStructured();
        Shape shape = records && value.shape().rank() > 0 ? Shape.of(value.elementCount()) : value.shape();
        writeNested(json, type, nestable(shape), 0, value.elements().iterator());
    }

    /** The shape, or a flat one in place of more dimensions than numpy has, or of many empty lists. */
    private static Shape nestable(Shape shape) {
        long elements = shape.knownElements();
        long lists = 1;
        for (int i = 0; i < shape.rank() && shape.size(i) > 0 && lists <= MOST_EMPTY_LISTS; i++) {
            lists *= Math.min(shape.size(i), MOST_EMPTY_LISTS + 1L);
        }
        boolean flat = shape.rank() > MOST_DIMENSIONS || (elements == 0 && lists > MOST_EMPTY_LISTS);
        return flat ? Shape.of(elements) : shape;
    }

    private static void writeNested(
            JsonGenerator json, NumpyType type, Shape shape, int dimension, Iterator<?> elements) throws IOException {
        if (dimension == shape.rank()) {
            writeElement(json, type, elements.next());
            return;
        }
        json.writeStartArray();
        for (long i = 0; i < shape.size(dimension); i++) {
            writeNested(json, type, shape, dimension + 1, elements);
        }
        json.writeEndArray();
    }

    /** An element; {@code type} is null when it was unpacked from bits. */
    private static void writeElement(JsonGenerator json, NumpyType type, Object element) throws IOException {
        if (type != null && type.isStructured()) {
            Map<?, ?> fields = (Map<?, ?>) element;
            json.writeStartObject();
            for (NumpyField field : type.fields()) {
                json.writeFieldName(field.name());
                Object value = fields.get(field.name());
                List<?> flat = field.shape().rank() == 0 ? List.of(value) : (List<?>) value;
                writeNested(json, field.type(), nestable(field.shape()), 0, flat.iterator());
            }
            json.writeEndObject();
        } else if (type != null && type.kind() == 'S') {
            byte[] bytes = ((String) element).getBytes(StandardCharsets.ISO_8859_1);
            json.writeStartObject();
            json.writeStringField("bytes_hex", HexFormat.of().formatHex(bytes));
            json.writeEndObject();
        } else {
            writePlain(json, element);
        }
    }

    private static void writePlain(JsonGenerator json, Object element) throws IOException {
        if (element instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (element instanceof BigInteger big) {
            json.writeNumber(big);
        } else if (element instanceof Long integer) {
            json.writeNumber(integer);
        } else if (element instanceof Double real) {
            json.writeNumber(real);
        } else if (element instanceof Map<?, ?> fields) {
            json.writeStartObject();
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                json.writeFieldName((String) field.getKey());
                writePlain(json, field.getValue());
            }
            json.writeEndObject();
        } else if (element instanceof List<?> parts) {
            json.writeStartArray();
            for (Object part : parts) {
                writePlain(json, part);
            }
            json.writeEndArray();
        } else {
            json.writeString(element.toString());
        }
    }
}
