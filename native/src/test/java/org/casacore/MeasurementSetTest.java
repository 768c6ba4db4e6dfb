package org.casacore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making Measurement Sets, judged by python-casacore and taql. */
class MeasurementSetTest {
    @TempDir
    private Path directory;

    static TableDescription description(int pols, int channels) {
        return TableDescription.measurementSet()
                .fixedArray("DATA", DataType.COMPLEX, "The data column", pols, channels)
                .unit("DATA", "Jy")
                .fixShape("FLAG", pols, channels)
                .fixShape("WEIGHT", pols)
                .fixShape("SIGMA", pols)
                .bind(
                        StorageManager.tiledColumn("TiledData", pols, channels, 32)
                                .withCacheLimit(8 << 20),
                        "DATA")
                .bind(StorageManager.tiledColumn("TiledFlag", pols, channels, 64), "FLAG")
                .bind(StorageManager.tiledColumn("TiledUvw", 3, 1024), "UVW")
                .bind(StorageManager.tiledShape("TiledWeight", pols, 512), "WEIGHT", "SIGMA")
                .bind(StorageManager.standard("SSM"), "ANTENNA1", "ANTENNA2")
                .bind(StorageManager.incremental("ISM"), "TIME", "TIME_CENTROID", "INTERVAL", "EXPOSURE")
                .build();
    }

    @Test
    void shouldMakeASetWithRequiredColumnsAndMeasures() {
        Path path = directory.resolve("a.ms");
        try (Table table = Table.createMeasurementSet(path, description(4, 16))) {
            assertThat(table.rowCount()).isZero();
        }

        List<String> oracle = Oracle.python("""
                t = table(a[0], ack=False)
                required = ['UVW','FLAG','FLAG_CATEGORY','WEIGHT','SIGMA','ANTENNA1','ANTENNA2','ARRAY_ID','DATA_DESC_ID','EXPOSURE','FEED1','FEED2','FIELD_ID','FLAG_ROW','INTERVAL','OBSERVATION_ID','PROCESSOR_ID','SCAN_NUMBER','STATE_ID','TIME','TIME_CENTROID']
                print(sorted(set(required) - set(t.colnames())))
                print(t.getkeyword('MS_VERSION'))
                for c in ['TIME', 'UVW', 'TIME_CENTROID', 'INTERVAL']: print(c, t.getcolkeywords(c))
                print(t.getcolkeyword('FLAG_CATEGORY', 'CATEGORY'), t.getcolkeyword('DATA', 'QuantumUnits'))
                print(t.getcoldesc('FLAG')['shape'].tolist(), t.getcoldesc('DATA')['shape'].tolist())
                print(t.info()['type'], t.endianformat())
                """, path);
        assertThat(oracle)
                .containsExactly(
                        "[]",
                        "2.0",
                        "TIME {'QuantumUnits': ['s'], 'MEASINFO': {'type': 'epoch', 'Ref': 'UTC'}}",
                        "UVW {'QuantumUnits': ['m', 'm', 'm'], 'MEASINFO': {'type': 'uvw', 'Ref': 'ITRF'}}",
                        "TIME_CENTROID {'QuantumUnits': ['s'], 'MEASINFO': {'type': 'epoch', 'Ref': 'UTC'}}",
                        "INTERVAL {'QuantumUnits': ['s']}",
                        "[] ['Jy']",
                        "[16, 4] [16, 4]",
                        "Measurement Set little");
    }

    @Test
    void shouldMakeEveryStandardSubtable() {
        Path path = directory.resolve("a.ms");
        Table.createMeasurementSet(path, description(4, 16)).close();
        Path withSource = directory.resolve("b.ms");
        Table.createMeasurementSet(withSource, description(1, 1), true).close();

        String script = """
                t = table(a[0], ack=False)
                names = [k for k in t.keywordnames() if k != 'MS_VERSION']
                print(*names)
                for k in names:
                    s = table(a[0] + '/' + k, ack=False)
                    assert s.nrows() == 0 and s.endianformat() == 'little'
                print(table(a[0] + '/ANTENNA', ack=False).getcolkeywords('POSITION'))
                """;
        List<String> plain = Oracle.python(script, path);
        assertThat(plain.get(0).split(" "))
                .containsExactlyInAnyOrder(
                        "ANTENNA",
                        "DATA_DESCRIPTION",
                        "FEED",
                        "FLAG_CMD",
                        "FIELD",
                        "HISTORY",
                        "OBSERVATION",
                        "POINTING",
                        "POLARIZATION",
                        "PROCESSOR",
                        "SPECTRAL_WINDOW",
                        "STATE");
        assertThat(plain.get(1))
                .isEqualTo("{'QuantumUnits': ['m', 'm', 'm'], 'MEASINFO': {'type': 'position', 'Ref': 'ITRF'}}");
        assertThat(Oracle.python(script, withSource).get(0)).contains("SOURCE");
    }

    @Test
    void shouldBindColumnsToTheChosenManagers() {
        Path path = directory.resolve("a.ms");
        try (Table table = Table.createMeasurementSet(path, description(4, 16))) {
            table.addRows(100);
            table.arrayColumn("WEIGHT").write(0, 100, Buffers.direct(100 * 4 * 4));
            ColumnDescription data = table.description().column("DATA");
            assertThat(data.storageManager()).isEqualTo("TiledColumnStMan");
            assertThat(data.storageGroup()).isEqualTo("TiledData");
        }
        assertThat(Oracle.python("""
                        i = table(a[0], ack=False).getdminfo()
                        for d in sorted(i.values(), key=lambda d: d['NAME']):
                            s = d['SPEC']
                            print(d['TYPE'], d['NAME'], sorted(d['COLUMNS']) if d['NAME'] != 'StandardStMan' else '', s['DEFAULTTILESHAPE'].tolist() if 'DEFAULTTILESHAPE' in s else '', s.get('MAXIMUMCACHESIZE', ''), s['HYPERCUBES']['*1']['TileShape'].tolist() if 'HYPERCUBES' in s and s['HYPERCUBES'] else '')
                        """, path))
                .contains(
                        "IncrementalStMan ISM ['EXPOSURE', 'INTERVAL', 'TIME', 'TIME_CENTROID']   ",
                        "StandardStMan SSM ['ANTENNA1', 'ANTENNA2']   ",
                        "TiledColumnStMan TiledData ['DATA'] [4, 16, 32] 8 [4, 16, 32]",
                        "TiledColumnStMan TiledFlag ['FLAG'] [4, 16, 64] 0 [4, 16, 64]",
                        "TiledColumnStMan TiledUvw ['UVW'] [3, 1024] 0 [3, 1024]",
                        "TiledShapeStMan TiledWeight ['SIGMA', 'WEIGHT'] [4, 512] 0 [4, 512]");
    }

    @Test
    void shouldWriteBlocksAndSlicesThatPythonReads() {
        Path path = directory.resolve("a.ms");
        ByteBuffer block = Buffers.direct(6 * 16 * 4 * 8);
        for (int i = 0; i < 6 * 16 * 4 * 2; i++) {
            block.putFloat(i);
        }
        block.flip();
        ByteBuffer slice = Buffers.direct(6 * 2 * 8).putFloat(0, -1).putFloat(8, -2);
        try (Table table = Table.createMeasurementSet(path, description(4, 16))) {
            table.addRows(10);
            table.arrayColumn("DATA").write(2, 6, block);
            table.arrayColumn("DATA").write(2, 6, new long[] {3, 5}, new long[] {1, 2}, slice);
        }
        assertThat(Oracle.python("""
                        d = table(a[0], ack=False).getcol('DATA')
                        e = np.zeros((10, 16, 4), 'complex64')
                        e[2:8] = np.arange(6 * 16 * 4 * 2, dtype='float32').view('complex64').reshape(6, 16, 4)
                        e[2:8, 5:7, 3] = 0
                        e[2, 5, 3] = -1
                        e[2, 6, 3] = -2
                        print(np.array_equal(d[2:8], e[2:8]), d.shape)
                        """, path)).containsExactly("True (10, 16, 4)");
    }

    @Test
    void shouldReplaceASubtableByADeepCopy() {
        Path model = Oracle.sample("low8_both_4pol.ms", directory);
        Path path = directory.resolve("a.ms");
        try (Table table = Table.createMeasurementSet(path, description(4, 16))) {
            for (String name : List.of("ANTENNA", "FIELD", "SPECTRAL_WINDOW", "POLARIZATION")) {
                table.copySubtable(name, model);
            }
            try (Table used = table.subtable("ANTENNA")) {
                used.addRows(1);
            }
            table.copySubtable("ANTENNA", model);
            try (Table antenna = table.subtable("ANTENNA")) {
                assertThat(antenna.rowCount()).isEqualTo(8);
                antenna.scalarColumn("NAME").putStrings(0, "renamed");
            }
        }
        assertThat(Oracle.python("""
                        ok = True
                        for s in ['ANTENNA', 'FIELD', 'SPECTRAL_WINDOW', 'POLARIZATION']:
                            x, y = table(a[0] + '::' + s, ack=False), table(a[1] + '::' + s, ack=False)
                            ok &= x.colnames() == y.colnames() and x.nrows() == y.nrows() and x.getkeywords() == y.getkeywords()
                            for c in x.colnames():
                                ok &= str(x.getcolkeywords(c)) == str(y.getcolkeywords(c))
                                for r in range(x.nrows()):
                                    if x.iscelldefined(c, r) or y.iscelldefined(c, r):
                                        same = np.array_equal(np.array(x.getcell(c, r)), np.array(y.getcell(c, r)))
                                        if not same: print(s, c, r, x.getcell(c, r), y.getcell(c, r))
                        print(ok, x.endianformat())
                        """, path, model))
                .containsExactly("ANTENNA NAME 0 renamed " + antennaName(model), "True little");
    }

    private static String antennaName(Path model) {
        return Oracle.python("print(table(a[0] + '::ANTENNA', ack=False).getcell('NAME', 0))", model)
                .get(0);
    }

    @Test
    void shouldAddASubtableTheSetLacks() {
        Path path = directory.resolve("a.ms");
        Path other = directory.resolve("b.ms");
        Table.createMeasurementSet(other, description(1, 1), true).close();
        try (Table table = Table.createMeasurementSet(path, description(4, 16))) {
            assertThat(table.subtableNames()).doesNotContain("SOURCE");
            table.copySubtable("SOURCE", other);
            assertThat(table.subtableNames()).contains("SOURCE");
            assertThatThrownBy(() -> table.copySubtable("NONE", other))
                    .isInstanceOf(CasacoreException.class)
                    .hasMessageContaining("b.ms: has no subtable NONE");
            try (Table open = table.subtable("FIELD")) {
                assertThatThrownBy(() -> table.copySubtable("FIELD", other))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(open.path() + " is open");
            }
        }
        assertThat(Oracle.python("print(table(a[0] + '::SOURCE', ack=False).ncols() > 5)", path))
                .containsExactly("True");
    }

    @Test
    void shouldMakeTheSameColumnsFromADescriptionThatWasRead() {
        Path model = Oracle.sample("low8_both_4pol.ms", directory);
        Path path = directory.resolve("copy");
        try (Table table = Table.open(model, Table.Access.READ_ONLY)) {
            Table.create(path, table.description(), 0).close();
        }
        assertThat(Oracle.python("""
                        x, y = table(a[0], ack=False), table(a[1], ack=False)
                        print(x.colnames() == y.colnames(), all(str(x.getcolkeywords(c)) == str(y.getcolkeywords(c)) for c in x.colnames()), all(x.coldatatype(c) == y.coldatatype(c) for c in x.colnames()))
                        """, path, model)).containsExactly("True True True");
    }
}
