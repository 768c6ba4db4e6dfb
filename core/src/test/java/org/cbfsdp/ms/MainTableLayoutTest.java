package org.cbfsdp.ms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTableLayoutTest {
    @ParameterizedTest
    @CsvSource({
        // tile bytes, bytes of a row, baselines -> rows
        "1048576, 512, 2080, 1040", // two tiles a dump
        "1048576, 8192, 2016, 126", // sixteen
        "1048576, 512, 2048, 2048", // exactly one
        "1048576, 512, 36, 2016", // 56 whole dumps
        "1048576, 2000000, 36, 1", // a row is larger than a tile
        "100, 10, 7, 7",
        "100, 10, 11, 6"
    })
    void shouldDivideADumpEvenlyOrHoldWholeDumps(int tileBytes, int rowBytes, int baselines, int rows) {
        assertThat(MainTableLayout.tileRows(tileBytes, rowBytes, baselines)).isEqualTo(rows);
    }
}
