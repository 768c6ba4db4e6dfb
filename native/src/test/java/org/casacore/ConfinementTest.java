package org.casacore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table belongs to one thread, and so does its path. */
class ConfinementTest {
    private final ExecutorService other = Executors.newSingleThreadExecutor(body -> new Thread(body, "other"));

    @TempDir
    private Path directory;

    @AfterEach
    void stop() throws InterruptedException {
        other.shutdown();
        assertThat(other.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private <T> T onOther(Callable<T> call) throws Exception {
        return other.submit(call).get(60, TimeUnit.SECONDS);
    }

    private Throwable thrownOnOther(Callable<?> call) {
        Throwable thrown = catchThrowable(() -> onOther(call));
        assertThat(thrown).isInstanceOf(ExecutionException.class);
        return thrown.getCause();
    }

    private static boolean closed(Table table) {
        table.close();
        return true;
    }

    private Path small(String name) {
        Path path = directory.resolve(name);
        Table.create(
                        path,
                        TableDescription.builder().scalar("I", DataType.INT, "").build(),
                        4)
                .close();
        return path;
    }

    @Test
    void shouldRefuseUseFromAnotherThreadNamingBoth() {
        String me = Thread.currentThread().getName();
        try (Table table = Table.open(small("t"), Table.Access.READ_ONLY)) {
            ScalarColumn column = table.scalarColumn("I");
            for (Callable<?> use : java.util.List.<Callable<?>>of(
                    table::rowCount, () -> column.ints(0, 1), table::subtableNames, () -> closed(table))) {
                assertThat(thrownOnOther(use))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("t belongs to thread " + me + " and was used from thread other");
            }
            assertThat(table.rowCount()).isEqualTo(4);
        }
    }

    @Test
    void shouldRefuseAPathThatAnotherThreadHasOpen() throws Exception {
        Path path = small("t");
        Path link = Files.createSymbolicLink(directory.resolve("link"), path);
        try (Table table = Table.open(path, Table.Access.READ_ONLY)) {
            for (Path way : java.util.List.of(
                    path, link, directory.resolve("x").resolve("..").resolve("t"))) {
                assertThat(thrownOnOther(() -> Table.open(way, Table.Access.READ_ONLY)))
                        .as("%s", way)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(
                                "is open in thread " + Thread.currentThread().getName())
                        .hasMessageContaining("thread other cannot open " + table.path());
            }
            try (Table again = Table.open(link, Table.Access.READ_ONLY)) {
                assertThat(again.rowCount()).isEqualTo(4);
            }
            assertThat(thrownOnOther(() -> Table.open(path, Table.Access.READ_ONLY)))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(onOther(() -> {
                    try (Table free = Table.open(path, Table.Access.READ_ONLY)) {
                        return free.rowCount();
                    }
                }))
                .isEqualTo(4);
    }

    @Test
    void shouldRefuseASubtableOfASetThatAnotherThreadHasOpen() {
        Path set = directory.resolve("a.ms");
        try (Table table = Table.createMeasurementSet(
                set, TableDescription.measurementSet().build())) {
            assertThat(thrownOnOther(() -> Table.open(set.resolve("ANTENNA"), Table.Access.READ_ONLY)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("table " + table.path() + " is open in thread");
        }
    }

    @Test
    void shouldServeTwoThreadsWithTwoTables() throws Exception {
        Path mine = small("mine");
        Path theirs = small("theirs");
        var running = other.submit(() -> rewrite(theirs));
        long rows = rewrite(mine);
        assertThat(rows).isEqualTo(running.get(60, TimeUnit.SECONDS)).isEqualTo(404);
        assertThat(CasacoreJni.openTables()).isZero();
    }

    private static long rewrite(Path path) {
        long rows = 0;
        for (int round = 0; round < 100; round++) {
            try (Table table = Table.open(path, Table.Access.READ_WRITE)) {
                table.addRows(4);
                rows = table.rowCount();
                table.scalarColumn("I").putInts(rows - 4, round, round, round, round);
                assertThat(table.scalarColumn("I").ints(rows - 4, 1)).containsExactly(round);
            }
        }
        return rows;
    }
}
