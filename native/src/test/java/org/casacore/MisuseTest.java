package org.casacore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every wrong use is a Java exception whose message names what it was about. */
class MisuseTest {
    @TempDir
    private Path directory;

    private Path path;
    private Table table;

    @BeforeEach
    void make() throws IOException {
        path = directory.toRealPath().resolve("t");
        TableDescription description = TableDescription.builder()
                .scalar("I", DataType.INT, "")
                .scalar("S", DataType.STRING, "")
                .scalar("B", DataType.BOOL, "")
                .fixedArray("F", DataType.COMPLEX, "", 4, 3)
                .array("V", DataType.FLOAT, 2, "")
                .build();
        table = Table.create(path, description, 5);
    }

    @AfterEach
    void close() {
        table.close();
    }

    private static void refused(ThrowingCallable call, Class<? extends Throwable> type, String... words) {
        assertThatThrownBy(call).isInstanceOf(type).message().contains(words);
    }

    private void refusedBadArgument(ThrowingCallable call, String... words) {
        refused(call, IllegalArgumentException.class, words);
        assertThatThrownBy(call).message().contains(path.toString());
    }

    @Test
    void shouldRefuseMissingAndForeignPaths() throws IOException {
        refused(
                () -> Table.open(directory.resolve("none"), Table.Access.READ_ONLY),
                CasacoreException.class,
                "none: does not exist");
        refused(() -> Table.open(directory, Table.Access.READ_ONLY), CasacoreException.class, "not a casacore table");
        Path broken = Files.createDirectory(directory.resolve("broken"));
        Files.writeString(broken.resolve("table.dat"), "no table at all");
        assertThatThrownBy(() -> Table.open(broken, Table.Access.READ_ONLY))
                .isInstanceOfSatisfying(CasacoreException.class, e -> {
                    assertThat(e.nativeType()).startsWith("casacore::");
                    assertThat(e.nativeText()).isNotEmpty();
                    assertThat(e).hasMessageContaining(broken.getFileName().toString());
                });
    }

    @Test
    void shouldRefuseToOverwrite() {
        TableDescription description =
                TableDescription.builder().scalar("I", DataType.INT, "").build();
        refused(() -> Table.create(path, description, 1), CasacoreException.class, path.toString(), "exists already");
        refused(
                () -> Table.create(
                        directory.resolve("m"),
                        TableDescription.measurementSet().build(),
                        0),
                IllegalArgumentException.class,
                "createMeasurementSet");
        refused(
                () -> Table.createMeasurementSet(directory.resolve("m"), description),
                IllegalArgumentException.class,
                "TableDescription.measurementSet()");
        assertThat(directory.resolve("m")).doesNotExist();
    }

    @Test
    void shouldRefuseWrongColumns() {
        refusedBadArgument(() -> table.scalarColumn("NONE"), "has no column NONE", "[I, S, B, F, V]");
        refusedBadArgument(() -> table.keywords("NONE"), "has no column NONE");
        refusedBadArgument(() -> table.scalarColumn("F"), "column F", "holds arrays");
        refusedBadArgument(() -> table.arrayColumn("I"), "column I", "one value a row");
        refusedBadArgument(() -> table.scalarColumn("I").strings(0, 1), "column I", "INT, not STRING");
        refusedBadArgument(() -> table.scalarColumn("I").putDoubles(0, 1.5), "column I", "INT, not FLOAT");
        refusedBadArgument(() -> table.scalarColumn("S").read(0, 1, Buffers.direct(8)), "column S", "STRING");
        refusedBadArgument(() -> table.arrayColumn("F").doubles(0), "column F", "COMPLEX");
        assertThat(table.hasColumn("NONE")).isFalse();
    }

    @Test
    void shouldRefuseUnfitBuffers() {
        ScalarColumn column = table.scalarColumn("I");
        refusedBadArgument(() -> column.read(0, 1, ByteBuffer.allocate(4)), "column I", "must be direct");
        refusedBadArgument(() -> column.read(0, 5, Buffers.direct(19)), "column I", "need 20 bytes", "has 19");
        refusedBadArgument(() -> column.read(0, 1, Buffers.direct(4).position(1)), "need 4 bytes", "has 3");
        refusedBadArgument(() -> column.read(0, 1, Buffers.direct(8).position(1)), "not aligned to 4");
        refusedBadArgument(
                () -> column.read(0, 1, Buffers.direct(4).asReadOnlyBuffer().order(ByteOrder.nativeOrder())),
                "read-only");
        refusedBadArgument(() -> column.read(0, 1, ByteBuffer.allocateDirect(4)), "BIG_ENDIAN", "nativeOrder");
        refusedBadArgument(
                () -> table.arrayColumn("F").write(0, 2, Buffers.direct(191)), "column F", "need 192 bytes", "has 191");
        refusedBadArgument(() -> column.read(0, Long.MAX_VALUE, Buffers.direct(4)), "more than any buffer");
        refusedBadArgument(() -> column.read(0, -1, Buffers.direct(4)), "-1 rows");
        refusedBadArgument(
                () -> table.scalarColumn("B").write(0, 2, Buffers.direct(new byte[] {1, 2})), "column B", "0 or 1");
    }

    @Test
    void shouldRefuseRowsOutsideTheTable() {
        refused(
                () -> table.scalarColumn("I").ints(3, 3),
                IndexOutOfBoundsException.class,
                "column I of table " + path,
                "3 rows from row 3, the table has 5");
        refused(() -> table.scalarColumn("I").ints(-1, 1), IndexOutOfBoundsException.class, "from row -1");
        refused(() -> table.scalarColumn("S").strings(5, 1), IndexOutOfBoundsException.class, "column S");
        refused(() -> table.scalarColumn("S").putStrings(4, "a", "b"), IndexOutOfBoundsException.class, "column S");
        refused(() -> table.arrayColumn("V").isDefined(5), IndexOutOfBoundsException.class, "column V");
        refused(
                () -> table.arrayColumn("F").read(Long.MAX_VALUE, 1, Buffers.direct(96)),
                IndexOutOfBoundsException.class,
                "column F");
        refusedBadArgument(() -> table.addRows(-1), "-1 rows");
    }

    @Test
    void shouldRefuseWrongShapes() {
        ArrayColumn variable = table.arrayColumn("V");
        refusedBadArgument(() -> variable.shape(0), "column V", "row 0 has no shape");
        refusedBadArgument(() -> variable.read(0, 1, Buffers.direct(64)), "row 0 has no shape");
        variable.setShape(0, 2, 2);
        variable.setShape(1, 4, 1);
        refusedBadArgument(() -> variable.read(0, 2, Buffers.direct(64)), "shape [4, 1]", "row 0 [2, 2]");
        refusedBadArgument(() -> variable.read(0, 1, Buffers.direct(12)), "column V", "need 16 bytes", "has 12");
        refusedBadArgument(() -> variable.setShape(2, 3), "column V", "2 axes");
        refusedBadArgument(() -> variable.putDoubles(2, new long[] {2, 2}, 1), "does not hold 1 values");

        ArrayColumn fixed = table.arrayColumn("F");
        refusedBadArgument(() -> fixed.setShape(0, 4, 4), "column F", "fixed shape [4, 3]");
        refusedBadArgument(
                () -> fixed.read(0, 1, new long[] {3, 0}, new long[] {2, 1}, Buffers.direct(64)),
                "section from [3, 0] of [2, 1]",
                "shape [4, 3]");
        refusedBadArgument(
                () -> fixed.read(0, 1, new long[] {0}, new long[] {1}, Buffers.direct(64)), "section from [0]");
        refusedBadArgument(
                () -> fixed.write(0, 1, new long[] {-1, 0}, new long[] {1, 1}, Buffers.direct(64)), "[-1, 0]");
    }

    @Test
    void shouldRefuseToWriteWhereOpenedForReading() {
        table.close();
        table = Table.open(path, Table.Access.READ_ONLY);
        refused(() -> table.addRows(1), IllegalStateException.class, path.toString(), "for reading only");
        refused(() -> table.scalarColumn("I").putInts(0, 1), IllegalStateException.class, "for reading only");
        refused(() -> table.flush(false), IllegalStateException.class, "for reading only");
    }

    @Test
    void shouldRefuseUseAfterCloseInJavaAndInTheBridge() {
        ScalarColumn column = table.scalarColumn("I");
        Keywords keywords = table.keywords();
        long handle = table.handle();
        table.close();
        table.close();

        assertThat(table.isOpen()).isFalse();
        assertThat(table.path()).isEqualTo(path);
        refused(() -> table.rowCount(), IllegalStateException.class, "table " + path + " is closed");
        refused(() -> column.ints(0, 1), IllegalStateException.class, path + " is closed");
        refused(keywords::names, IllegalStateException.class, path + " is closed");
        refused(() -> TableJni.rowCount(handle), IllegalStateException.class, "is not open");
        refused(() -> TableJni.close(handle), IllegalStateException.class, "is not open");

        try (Table next = Table.open(path, Table.Access.READ_ONLY)) {
            assertThat(next.handle()).isNotEqualTo(handle);
            refused(() -> TableJni.rowCount(handle), IllegalStateException.class, "is not open");
            refused(
                    () -> ScalarColumnJni.read(next.handle(), 7, 0, 1, Buffers.direct(4), 0, 4),
                    IllegalStateException.class,
                    "column number 7");
        }
    }

    @Test
    void shouldCheckBuffersAgainInTheBridge() {
        table.scalarColumn("I");
        long handle = table.handle();
        int column = TableJni.column(handle, "I");
        refusedBadArgument(
                () -> ScalarColumnJni.read(handle, column, 0, 5, Buffers.direct(16), 0, 16), "5 values need 20 bytes");
        refusedBadArgument(
                () -> ScalarColumnJni.read(handle, column, 0, 5, Buffers.direct(16), 8, 20), "20 bytes from 8");
        refusedBadArgument(
                () -> ScalarColumnJni.read(handle, column, 0, 1, ByteBuffer.allocate(4), 0, 4), "not direct");
    }

    @Test
    void shouldRefuseToCloseAParentBeforeItsChild() {
        Path set = directory.resolve("a.ms");
        Table parent = Table.createMeasurementSet(
                set, TableDescription.measurementSet().build());
        Table child = parent.subtable("ANTENNA");
        refused(parent::close, IllegalStateException.class, "cannot be closed before table", "a.ms/ANTENNA");
        assertThat(parent.isOpen()).isTrue();
        refused(() -> parent.subtable("NONE"), CasacoreException.class, "a.ms", "has no subtable NONE");
        child.close();
        parent.close();
    }

    @Test
    void shouldRefuseASecondWriterProcess() {
        assertThat(ChildJvm.run(java.util.List.of(), SecondWriter.class, path).get(0))
                .startsWith("CasacoreException table " + path)
                .contains("lock");
    }

    /** Opens for writing what another process is writing. */
    static final class SecondWriter {
        private SecondWriter() {}

        public static void main(String[] arguments) {
            try (Table second = Table.open(Path.of(arguments[0]), Table.Access.READ_WRITE)) {
                System.out.println("opened " + second);
            } catch (CasacoreException e) {
                System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
            }
        }
    }
}
