package org.casacore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableDescriptionTest {
    @Test
    void shouldStateWhatWasBuilt() {
        TableDescription description = TableDescription.builder()
                .scalar("T", DataType.DOUBLE, "time")
                .unit("T", "s")
                .fixedArray("D", DataType.COMPLEX, "data", 4, 16)
                .array("N", DataType.STRING, -1, "")
                .bind(StorageManager.tiledColumn("G", 4, 16, 8), "D")
                .build();

        assertThat(description.columns()).extracting(ColumnDescription::name).containsExactly("T", "D", "N");
        assertThat(description.column("T").units()).containsExactly("s");
        assertThat(description.column("D").fixedShape()).isEqualTo(List.of(4L, 16L));
        assertThat(description.column("D").ndim()).isEqualTo(2);
        assertThat(description.column("D").storageManager()).isEqualTo("TiledColumnStMan");
        assertThat(description.column("N").isFixedShape()).isFalse();
        assertThat(description.hasColumn("X")).isFalse();
    }

    @Test
    void shouldNotChangeWithItsBuilder() {
        TableDescription.Builder builder = TableDescription.builder().scalar("A", DataType.INT, "");
        TableDescription before = builder.build();
        builder.scalar("B", DataType.INT, "").unit("A", "m");
        assertThat(before.columns()).hasSize(1);
        assertThat(before.column("A").units()).isEmpty();
        assertThat(before.toBuilder().scalar("C", DataType.INT, "").build().columns())
                .hasSize(2);
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        TableDescription.Builder builder =
                TableDescription.builder().scalar("A", DataType.INT, "").array("V", DataType.INT, 2, "");
        List<Runnable> wrong = List.of(
                () -> builder.scalar("A", DataType.INT, ""),
                () -> builder.unit("X", "m"),
                () -> builder.keyword("X", "k", 1),
                () -> builder.keyword("A", "k", 'c'),
                () -> builder.bind(StorageManager.standard(), "X"),
                () -> builder.array("B", DataType.INT, 0, ""),
                () -> builder.fixedArray("B", DataType.INT, ""),
                () -> builder.fixedArray("B", DataType.INT, "", 2, 0),
                () -> builder.fixShape("A", 2),
                () -> builder.fixShape("V", 2),
                () -> builder.build().column("X"),
                () -> StorageManager.tiledColumn("G", 4),
                () -> StorageManager.tiledColumn("G", 4, 0),
                () -> StorageManager.standard().withCacheLimit(1),
                () -> StorageManager.tiledShape("G", 4, 4).withCacheLimit(-1));
        for (int i = 0; i < wrong.size(); i++) {
            assertThatThrownBy(wrong.get(i)::run).as("case %d", i).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldStateCasacoresOwnMeasurementSetColumns() {
        TableDescription description = TableDescription.measurementSet().build();
        assertThat(description.columns()).hasSizeGreaterThanOrEqualTo(21);
        assertThat(description.column("UVW").fixedShape()).isEqualTo(List.of(3L));
        assertThat(description.column("UVW").units()).containsExactly("m", "m", "m");
        assertThat(description.column("FLAG").type()).isEqualTo(DataType.BOOL);
        assertThat(description.column("FLAG").ndim()).isEqualTo(2);
    }

    @Test
    void shouldCountCacheLimitsInWholeMebibytes() {
        assertThat(StorageManager.mebibytes(0)).isZero();
        assertThat(StorageManager.mebibytes(1)).isEqualTo(1);
        assertThat(StorageManager.mebibytes(1 << 20)).isEqualTo(1);
        assertThat(StorageManager.mebibytes((1 << 20) + 1)).isEqualTo(2);
        assertThat(StorageManager.mebibytes(Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }
}
