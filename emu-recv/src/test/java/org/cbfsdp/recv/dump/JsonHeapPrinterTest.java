package org.cbfsdp.recv.dump;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spead.item.Descriptor;
import org.spead.item.Flavour;
import org.spead.item.FormatField;
import org.spead.item.ItemType;
import org.spead.item.ItemValue;
import org.spead.item.NumpyHeader;
import org.spead.item.Shape;
import org.spead.recv.IncompleteHeap;
import org.spead.recv.PayloadRange;

/** What the reference vectors do not have. */
class JsonHeapPrinterTest {
    @Test
    void shouldPrintFloatsSoThatTheyReadBack() throws IOException {
        ByteBuffer floats = bytes(24)
                .putFloat(Float.NaN)
                .putFloat(Float.POSITIVE_INFINITY)
                .putFloat(Float.NEGATIVE_INFINITY)
                .putFloat(0.1f)
                .putFloat(Float.MIN_VALUE)
                .putFloat(-0f);
        assertThat(value(numpy("'<f4'", "(6,)").ofElements(floats.flip())))
                .isEqualTo("[NaN,Infinity,-Infinity,0.10000000149011612,1.401298464324817E-45,-0.0]");
        assertThat(value(numpy("'>f8'", "()").ofDouble(Math.PI))).isEqualTo("3.141592653589793");
    }

    @Test
    void shouldNameTypesOfSingleValues() throws IOException {
        assertThat(type(numpy("'|S3'", "()").ofElements(bytes(3)))).isEqualTo("\"bytes24\"");
        assertThat(type(numpy("'|V2'", "()").ofElements(bytes(2)))).isEqualTo("\"void16\"");
        assertThat(type(numpy("'<U2'", "()").ofElements(bytes(8)))).isEqualTo("\"str64\"");
        assertThat(type(numpy("[('a', '<u2'), ('b', '<c8', (2, 3))]", "()").ofElements(bytes(50))))
                .isEqualTo("[[\"a\",\"<u2\"],[\"b\",\"<c8\",[2,3]]]");
        assertThat(type(bits('u', 12).ofLong(5))).isEqualTo("\"int\"");
        assertThat(type(bits('b', 3).ofLong(1))).isEqualTo("\"bool\"");
    }

    @Test
    void shouldPrintBytesAsHexAndSubArraysNested() throws IOException {
        ByteBuffer text = bytes(6).put((byte) 'a').put((byte) 0xff).put(4, (byte) '"');
        assertThat(value(numpy("'|S3'", "(2,)").ofElements(text.rewind())))
                .isEqualTo("[{\"bytes_hex\":\"61ff\"},{\"bytes_hex\":\"0022\"}]");
        assertThat(value(numpy("[('b', '|u1', (2, 3))]", "(1, 1)")
                        .ofElements(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}))))
                .isEqualTo("[{\"b\":[[1,2,3],[4,5,6]]}]");
    }

    @Test
    void shouldNotBeMadeToPrintShapesWithoutEnd() throws IOException {
        assertThat(value(numpy("'|u1'", "(2, 0)").ofElements(bytes(0)))).isEqualTo("[[],[]]");
        assertThat(value(numpy("'|u1'", "(999999999, 999999999, 0)").ofElements(bytes(0))))
                .isEqualTo("[]");
        assertThat(value(numpy("[('a', '|u1'), ('b', '|u1', (999999999, 0))]", "()")
                        .ofElements(bytes(1))))
                .isEqualTo("{\"a\":0,\"b\":[]}");
        String manyDimensions = "(" + "1, ".repeat(5000) + ")";
        assertThat(value(numpy("'|u1'", manyDimensions).ofElements(bytes(1)))).isEqualTo("[0]");
    }

    @Test
    void shouldPrintALineAHeapAndTheCountersLast() {
        StringWriter text = new StringWriter();
        JsonHeapPrinter printer = new JsonHeapPrinter(new PrintWriter(text));
        printer.incompleteHeap(new IncompleteHeap(
                3,
                Flavour.ofAddressBytes(6),
                -1,
                10,
                List.of(new PayloadRange(0, 4), new PayloadRange(6, 12)),
                List.of()));
        Map<String, Long> stats = new LinkedHashMap<>();
        stats.put("heaps", 1L);
        stats.put("packets", 2L);
        printer.stats(stats);
        assertThat(text.toString().lines())
                .containsExactly(
                        "{\"cnt\":3,\"addr_bits\":48,\"complete\":false,\"start\":false,\"end\":false,\"raw_items\":[],"
                                + "\"heap_length\":-1,\"received_length\":10,\"payload_ranges\":[[0,4],[6,12]]}",
                        "{\"stats\":{\"heaps\":1,\"packets\":2}}");
        assertThat(printer.isBroken()).isFalse();
    }

    private interface Part {
        void write(JsonGenerator json) throws IOException;
    }

    private static String value(ItemValue value) throws IOException {
        return written(json -> JsonValues.writeValue(json, value));
    }

    private static String type(ItemValue value) throws IOException {
        return written(json -> JsonValues.writeType(json, value));
    }

    private static String written(Part part) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder()
                .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                .build()
                .createGenerator(text)) {
            part.write(json);
        }
        return text.toString();
    }

    private static ItemType numpy(String descr, String shape) {
        return ItemType.of(
                NumpyHeader.parse("{'descr': " + descr + ", 'fortran_order': False, 'shape': " + shape + "}"));
    }

    private static ItemType bits(char code, int width) {
        return ItemType.of(Descriptor.format(1, "x", "", Shape.SCALAR, new FormatField(code, width)));
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.nativeOrder());
    }
}
