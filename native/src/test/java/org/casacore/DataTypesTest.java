package org.casacore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each data type, scalar, fixed and variable, written here and read by python, written by python and read here. */
class DataTypesTest {
    private static final long SEED = 20260101;
    private static final int ROWS = 11;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STRING", "USHORT"})
    void shouldWriteWhatPythonReads(DataType type) throws Exception {
        Path path = directory.resolve("t");
        TableDescription description = TableDescription.builder()
                .scalar("S", type, "one")
                .fixedArray("F", type, "fixed", 2, 3)
                .array("V", type, 2, "variable")
                .build();
        byte[] scalars = random(type, 1);
        byte[] fixed = random(type, 6);
        byte[] variable = random(type, 20);
        try (Table table = Table.create(path, description, ROWS)) {
            table.scalarColumn("S").write(0, ROWS, Buffers.direct(scalars));
            table.arrayColumn("F").write(0, ROWS, Buffers.direct(fixed));
            table.arrayColumn("V").setShapes(0, ROWS, 4, 5);
            table.arrayColumn("V").write(0, ROWS, Buffers.direct(variable));
        }

        Oracle.python("""
                t = table(a[0], ack=False)
                for c in ['S', 'F', 'V']:
                    v = np.ascontiguousarray(t.getcol(c))
                    assert t.coldatatype(c) == a[2], t.coldatatype(c)
                    assert v.shape[1:] == {'S': (), 'F': (3, 2), 'V': (5, 4)}[c], v.shape
                    v.astype(a[3]).tofile(a[1] + '/' + c)
                """, path, directory, Names.ofPython(type), Names.ofNumpy(type));
        assertThat(directory.resolve("S")).as("seed %d", SEED).hasBinaryContent(scalars);
        assertThat(directory.resolve("F")).as("seed %d", SEED).hasBinaryContent(fixed);
        assertThat(directory.resolve("V")).as("seed %d", SEED).hasBinaryContent(variable);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STRING", "USHORT"})
    void shouldReadWhatPythonWrote(DataType type) throws Exception {
        Path path = directory.resolve("t");
        Oracle.python("""
                s = makescacoldesc('S', 0, valuetype=a[2])
                v = makearrcoldesc('V', 0, 2, valuetype=a[2])
                t = table(a[0], maketabdesc([s, v]), 11, ack=False)
                r = np.random.default_rng(20260101)
                for c, shape in [('S', (11,)), ('V', (11, 5, 4))]:
                    x = r.integers(0, 2 if a[2] == 'boolean' else 100, shape)
                    x = (x * (1 + 2j)).astype(a[3]) if 'complex' in a[2] else x.astype(a[3])
                    t.putcol(c, x)
                    x.tofile(a[1] + '/' + c)
                t.close()
                """, path, directory, Names.ofPython(type), Names.ofNumpy(type));

        try (Table table = Table.open(path, Table.Access.READ_ONLY)) {
            ByteBuffer scalars = Buffers.direct((long) ROWS * type.bytes());
            table.scalarColumn("S").read(0, ROWS, scalars);
            assertThat(directory.resolve("S")).hasBinaryContent(Buffers.content(scalars));

            ArrayColumn column = table.arrayColumn("V");
            assertThat(column.fixedShape()).isEmpty();
            ByteBuffer arrays = Buffers.direct(ROWS * 20L * type.bytes());
            column.read(0, ROWS, arrays);
            assertThat(directory.resolve("V")).hasBinaryContent(Buffers.content(arrays));
        }
    }

    /** python-casacore cannot open a table with such a column, so taql is asked. */
    @Test
    void shouldExchangeUnsignedShortsWithTaql() {
        Path path = directory.resolve("t");
        Oracle.taql("create table " + path + " S U2, V U2 [ndim=1] limit 3");
        Oracle.taql("update " + path + " set S = 65533 + rowid(), V = [1, 65535]");
        try (Table table = Table.open(path, Table.Access.READ_WRITE)) {
            assertThat(table.scalarColumn("S").type()).isEqualTo(DataType.USHORT);
            assertThat(table.scalarColumn("S").ints(0, 3)).containsExactly(65533, 65534, 65535);
            assertThat(table.arrayColumn("V").ints(2)).containsExactly(1, 65535);
            table.scalarColumn("S").putInts(1, 40000, 50000);
            table.arrayColumn("V").putInts(0, new long[] {3}, 60000, 0, 7);
        }
        assertThat(Oracle.taql("select S, V from " + path))
                .contains("65533\t[60000, 0, 7]", "40000\t[1, 65535]", "50000\t[1, 65535]");
    }

    @Test
    void shouldCarryTextOutsideAscii() {
        Path path = directory.resolve("t");
        TableDescription description = TableDescription.builder()
                .scalar("S", DataType.STRING, "Ωmega")
                .array("V", DataType.STRING, 1, "")
                .build();
        String[] texts = {"", "Größe", "日本語", "🔭 Jy", "a\u0001b"};
        try (Table table = Table.create(path, description, texts.length)) {
            table.scalarColumn("S").putStrings(0, texts);
            table.arrayColumn("V").putStrings(2, new long[] {5}, texts);
        }

        assertThat(Oracle.python(
                        "t = table(a[0], ack=False)\nprint(t.getcol('S'))\nprint(t.getcell('V', 2))\nprint(t.getcoldesc('S')['comment'])",
                        path))
                .containsExactly(
                        "['', 'Größe', '日本語', '🔭 Jy', 'a\\x01b']",
                        "['', 'Größe', '日本語', '🔭 Jy', 'a\\x01b']",
                        "Ωmega");
        try (Table table = Table.open(path, Table.Access.READ_ONLY)) {
            assertThat(table.scalarColumn("S").strings(1, 3)).containsExactly("Größe", "日本語", "🔭 Jy");
            assertThat(table.arrayColumn("V").strings(2)).containsExactly(texts);
            assertThat(table.arrayColumn("V").isDefined(2)).isTrue();
            assertThat(table.arrayColumn("V").isDefined(1)).isFalse();
        }
    }

    @Test
    void shouldPutAndGetJavaNumbers() {
        Path path = directory.resolve("t");
        TableDescription description = TableDescription.builder()
                .scalar("I", DataType.INT, "")
                .scalar("U", DataType.UCHAR, "")
                .scalar("L", DataType.INT64, "")
                .scalar("R", DataType.FLOAT, "")
                .scalar("D", DataType.DOUBLE, "")
                .scalar("B", DataType.BOOL, "")
                .fixedArray("A", DataType.DOUBLE, "", 3)
                .array("N", DataType.INT, -1, "")
                .build();
        try (Table table = Table.create(path, description, 3)) {
            table.scalarColumn("I").putInts(0, -1, 2, Integer.MAX_VALUE);
            table.scalarColumn("U").putInts(0, 0, 128, 255);
            table.scalarColumn("L").fill(0, 3, 7);
            table.scalarColumn("R").putDoubles(0, 0.5, -1.25, 1e30);
            table.scalarColumn("D").fill(0, 3, 4.5);
            table.scalarColumn("B").putBooleans(0, true, false, true);
            table.arrayColumn("A").putDoubles(1, new long[] {3}, 1, 2, 3);
            table.arrayColumn("N").putInts(1, new long[] {1, 2}, 8, 9);

            assertThat(table.scalarColumn("I").ints(1, 2)).containsExactly(2, Integer.MAX_VALUE);
            assertThat(table.scalarColumn("U").doubles(0, 3)).containsExactly(0, 128, 255);
            assertThat(table.scalarColumn("L").ints(0, 3)).containsExactly(7, 7, 7);
            assertThat(table.scalarColumn("R").doubles(0, 2)).containsExactly(0.5, -1.25);
            assertThat(table.scalarColumn("B").booleans(0, 3)).containsExactly(true, false, true);
            assertThat(table.arrayColumn("A").doubles(1)).containsExactly(1, 2, 3);
            assertThat(table.arrayColumn("N").ints(1)).containsExactly(8, 9);
            assertThat(table.arrayColumn("N").shape(1)).containsExactly(1, 2);
            assertThat(table.scalarColumn("I").ints(3, 0)).isEmpty();
        }
        assertThat(Oracle.taql("select I, U, L, R, D, B, A from " + path + " limit 1 offset 1"))
                .anySatisfy(line ->
                        assertThat(line.trim().split("\\s+")).startsWith("2", "128", "7", "-1.25", "4.5", "false"));
    }

    private static byte[] random(DataType type, int valuesPerRow) {
        byte[] bytes = new byte[ROWS * valuesPerRow * type.bytes()];
        Random random = new Random(SEED);
        for (int i = 0; i < bytes.length; i++) {
            // Small bytes make finite floats and hold as truth values.
            bytes[i] = (byte) random.nextInt(type == DataType.BOOL ? 2 : 64);
        }
        return bytes;
    }
}
