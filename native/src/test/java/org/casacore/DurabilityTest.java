package org.casacore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has been flushed is there, for others at once and after a crash. */
class DurabilityTest {
    private static final String COUNT = """
            t = table(a[0], ack=False, lockoptions=a[1])
            d = t.getcol('DATA')
            print(t.nrows(), float(d.real.sum()), table(a[0] + '/ANTENNA', ack=False, lockoptions=a[1]).nrows())
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldShowFlushedRowsWhileTheWriterIsOpen(boolean sync) {
        Path path = directory.resolve("a.ms");
        try (Table table = Table.createMeasurementSet(path, MeasurementSetTest.description(4, 16));
                Table antenna = table.subtable("ANTENNA")) {
            for (int dump = 1; dump <= 3; dump++) {
                write(table);
                antenna.addRows(1);
                table.flush(sync);
                assertThat(Oracle.python(COUNT, path, "autonoread"))
                        .containsExactly(dump * 36 + " " + dump * 36.0 * 64 + " " + dump);
            }
        }
    }

    @Test
    void shouldLeaveAllFlushedRowsAfterAKill() throws Exception {
        Path path = directory.resolve("a.ms");
        Process writer = new ProcessBuilder(
                        ChildJvm.command(List.of(), System.getProperty("java.class.path"), Writer.class, path))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("flushed");
            writer.destroyForcibly();
            assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(writer.exitValue()).isEqualTo(128 + 9);
        assertThat(Oracle.python(COUNT, path, "auto")).containsExactly("72 " + 72.0 * 64 + " 1");
        try (Table table = Table.open(path, Table.Access.READ_WRITE)) {
            assertThat(table.rowCount()).isEqualTo(72);
            write(table);
            assertThat(table.rowCount()).isEqualTo(108);
        }
    }

    @Test
    void shouldReadASetThatAnotherProcessIsWriting() throws Exception {
        Path path = directory.resolve("a.ms");
        Process writer = new ProcessBuilder(
                        ChildJvm.command(List.of(), System.getProperty("java.class.path"), Writer.class, path))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("flushed");
            try (Table table = Table.open(path, Table.Access.READ_ONLY)) {
                ByteBuffer cells = Buffers.direct(72 * 64 * 8);
                table.arrayColumn("DATA").read(0, 72, cells);
                assertThat(cells.getFloat(71 * 64 * 8)).isEqualTo(1);
            }
        } finally {
            writer.destroyForcibly();
        }
        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** A full disk (here: a limit to the size of files) is an exception at close, not the end of the JVM. */
    @Test
    void shouldSurviveADiskThatIsFull() {
        String java = ChildJvm.command(List.of(), System.getProperty("java.class.path"), FullDisk.class).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Path path = directory.resolve("a.ms");
        List<String> lines =
                Oracle.run(List.of("bash", "-c", "ulimit -f 2048; trap '' XFSZ; exec " + java + " " + path));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("org.casacore.CasacoreException: column DATA of table " + path)
                        .contains("File too large"));
        assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("close: table " + path));
        assertThat(lines).endsWith("alive");
    }

    static void write(Table table) {
        long first = table.rowCount();
        table.addRows(36);
        ByteBuffer block = Buffers.direct(36 * 64 * 8);
        while (block.hasRemaining()) {
            block.putFloat(1).putFloat(0);
        }
        table.arrayColumn("DATA").write(first, 36, block.flip());
    }

    /** Writes and flushes two dumps, writes a third, says so and waits to be killed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            try (Table table =
                    Table.createMeasurementSet(Path.of(arguments[0]), MeasurementSetTest.description(4, 16))) {
                try (Table antenna = table.subtable("ANTENNA")) {
                    antenna.addRows(1);
                }
                write(table);
                write(table);
                table.flush(true);
                write(table);
                System.out.println("flushed");
                System.out.flush();
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /** Writes more than fits. */
    static final class FullDisk {
        private FullDisk() {}

        public static void main(String[] arguments) {
            Table table = Table.createMeasurementSet(Path.of(arguments[0]), MeasurementSetTest.description(4, 16));
            try (table) {
                for (int dump = 0; dump < 400; dump++) {
                    write(table);
                }
            } catch (CasacoreException e) {
                System.out.println(e);
                System.out.println("close: " + e.getSuppressed()[0].getMessage());
            }
            System.out.println("alive");
        }
    }
}
