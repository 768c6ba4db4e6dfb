package org.casacore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the sample sets and compares byte for byte with python-casacore. */
class SampleSetTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"low8_both_4pol.ms", "low8_cross_4pol_irregular.ms"})
    void shouldReadEveryFixedWidthMainColumnAsPythonDoes(String name) throws Exception {
        Path set = Oracle.sample(name, directory);
        List<String> oracle = Oracle.python("""
                t = table(a[0], ack=False)
                print(t.nrows())
                for c in t.colnames():
                    if t.nrows() and t.iscelldefined(c, 0) and t.coldatatype(c) != 'string':
                        v = np.ascontiguousarray(t.getcol(c))
                        v.tofile(a[1] + '/' + c)
                        print(c)
                """, set, directory);

        try (Table table = Table.open(set, Table.Access.READ_ONLY)) {
            assertThat(table.rowCount()).isEqualTo(Long.parseLong(oracle.get(0)));
            List<String> columns = oracle.subList(1, oracle.size());
            assertThat(columns).contains("DATA", "UVW", "TIME", "ANTENNA1", "FLAG", "FLAG_ROW");
            for (String column : columns) {
                byte[] expected = Files.readAllBytes(directory.resolve(column));
                ByteBuffer read = Buffers.direct(expected.length);
                if (table.description().column(column).array()) {
                    table.arrayColumn(column).read(0, table.rowCount(), read);
                } else {
                    table.scalarColumn(column).read(0, table.rowCount(), read);
                }
                assertThat(Buffers.content(read)).as(column).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldReadSlicesAndRowRangesAsPythonDoes() throws Exception {
        Path set = Oracle.sample("low8_both_4pol.ms", directory);
        Path file = directory.resolve("slice");
        Oracle.python(
                "np.ascontiguousarray(table(a[0], ack=False).getcolslice('DATA', [3, 1], [12, 2], [], 36, 72)).tofile(a[1])",
                set,
                file);

        try (Table table = Table.open(set, Table.Access.READ_ONLY)) {
            ArrayColumn data = table.arrayColumn("DATA");
            ByteBuffer slice = Buffers.direct(16 + 72 * 10 * 2 * 8).position(16);
            data.read(36, 72, new long[] {1, 3}, new long[] {2, 10}, slice);

            assertThat(slice.position()).isEqualTo(16);
            assertThat(Buffers.content(slice)).isEqualTo(Files.readAllBytes(file));
            assertThat(data.shape(5)).containsExactly(4, 16);
            assertThat(data.type()).isEqualTo(DataType.COMPLEX);
        }
    }

    @Test
    void shouldReadSubtablesStringsAndKeywords() {
        Path set = Oracle.sample("low8_both_4pol.ms", directory);
        List<String> names =
                Oracle.python("for n in table(a[0] + '/ANTENNA', ack=False).getcol('NAME'): print(n)", set);
        List<String> subtables = Oracle.python(
                "t = table(a[0], ack=False)\nfor k in t.keywordnames():\n if str(t.getkeyword(k)).startswith('Table: '): print(k)",
                set);

        try (Table table = Table.open(set, Table.Access.READ_ONLY)) {
            assertThat(table.subtableNames()).containsExactlyElementsOf(subtables);
            try (Table antenna = table.subtable("ANTENNA")) {
                assertThat(antenna.scalarColumn("NAME").strings(0, antenna.rowCount()))
                        .containsExactlyElementsOf(names);
                assertThat(antenna.path()).isEqualTo(table.path().resolve("ANTENNA"));
                assertThat(antenna.description().column("POSITION").units()).containsExactly("m", "m", "m");
            }
            Keywords time = table.keywords("TIME");
            assertThat(time.texts("QuantumUnits")).containsExactly("s");
            assertThat(time.record("MEASINFO").text("type")).isEqualTo("epoch");
            assertThat(time.record("MEASINFO").text("Ref")).isEqualTo("UTC");
            assertThat(table.keywords().number("MS_VERSION")).isEqualTo(2.0);
            assertThat(table.keywords().isTable("FIELD")).isTrue();
        }
    }

    @Test
    void shouldDescribeColumnsAsPythonDoes() {
        Path set = Oracle.sample("low8_both_4pol.ms", directory);
        List<String> oracle = Oracle.python("""
                t = table(a[0], ack=False)
                for c in t.colnames():
                    d = t.getcoldesc(c)
                    print(c, d['valueType'], d.get('ndim', 0), [int(x) for x in d.get('shape', [])][::-1], d['dataManagerType'], d['dataManagerGroup'], sep='|')
                """, set);

        try (Table table = Table.open(set, Table.Access.READ_ONLY)) {
            List<String> ours = table.description().columns().stream()
                    .map(c -> String.join(
                            "|",
                            c.name(),
                            Names.ofPython(c.type()),
                            Integer.toString(c.ndim()),
                            c.fixedShape().toString(),
                            c.storageManager(),
                            c.storageGroup()))
                    .toList();
            assertThat(ours).containsExactlyElementsOf(oracle);
        }
    }

    @Test
    void shouldReadWithTheTileCacheLimited() {
        Path set = Oracle.sample("low8_both_4pol.ms", directory);
        try (Table table = Table.open(set, Table.Access.READ_ONLY)) {
            table.limitTileCache(1 << 20);
            ByteBuffer cell = Buffers.direct(4 * 16 * 8);
            table.arrayColumn("DATA").read(table.rowCount() - 1, 1, cell);
            assertThat(cell.hasRemaining()).isTrue();
        }
    }
}
