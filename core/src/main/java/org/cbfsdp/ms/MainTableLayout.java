package org.cbfsdp.ms;

import java.util.List;
import org.casacore.DataType;
import org.casacore.StorageManager;
import org.casacore.TableDescription;
import org.cbfsdp.payload.ElementLayout;

/**
 * The columns of the main table and how they lie on disk. Immutable.
 *
 * <p>Fixed shapes in tiles for what is large, plain rows for the antennas, incremental storage for what seldom changes.
 * A tile is as wide as a stream, and either divides a dump evenly or holds whole dumps, so that no tile is written twice
 * but the last.
 */
final class MainTableLayout {
    private static final int SMALL_TILE_BYTES = 1 << 17;
    private static final long LEAST_CACHE_BYTES = 16L << 20;
    private static final long MOST_CACHE_BYTES = 256L << 20;
    private static final String[] SELDOM_CHANGING = {
        "ARRAY_ID",
        "DATA_DESC_ID",
        "EXPOSURE",
        "FEED1",
        "FEED2",
        "FIELD_ID",
        "FLAG_CATEGORY",
        "FLAG_ROW",
        "INTERVAL",
        "OBSERVATION_ID",
        "PROCESSOR_ID",
        "SCAN_NUMBER",
        "STATE_ID",
        "TIME",
        "TIME_CENTROID"
    };

    private final WriterOptions options;
    private final List<String> dataUnits;
    private final int polarisations;
    private final int channels;
    private final int baselines;
    private final int tileChannels;

    /** Takes the units of the visibilities, if they are known. */
    MainTableLayout(WriterOptions options, List<String> dataUnits) {
        this.dataUnits = List.copyOf(dataUnits);
        this.options = options;
        this.polarisations = options.model().polarisationCount();
        this.channels = options.model().channelCount();
        this.baselines = options.model().baselines().count();
        this.tileChannels = options.channelsPerTile() == 0 ? channels : Math.min(options.channelsPerTile(), channels);
    }

    TableDescription description() {
        TableDescription.Builder builder = TableDescription.measurementSet()
                .fixedArray("DATA", DataType.COMPLEX, "visibilities", polarisations, channels)
                .fixShape("FLAG", polarisations, channels)
                .fixShape("WEIGHT", polarisations)
                .fixShape("SIGMA", polarisations)
                .keyword("FLAG_CATEGORY", "CATEGORY", new String[0])
                .bind(cube("TiledData", ElementLayout.VISIBILITY_BYTES), "DATA")
                .bind(cube("TiledFlag", 1), "FLAG")
                .bind(rows("TiledUvw", 3, Double.BYTES), "UVW")
                .bind(rows("TiledWeight", polarisations, Float.BYTES), "WEIGHT")
                .bind(rows("TiledSigma", polarisations, Float.BYTES), "SIGMA")
                .bind(StorageManager.standard("Antennas"), "ANTENNA1", "ANTENNA2")
                .bind(StorageManager.incremental("SeldomChanging"), SELDOM_CHANGING);
        if (!dataUnits.isEmpty()) {
            builder.unit("DATA", dataUnits.toArray(String[]::new));
        }
        if (options.weightSpectrum()) {
            builder.fixedArray("WEIGHT_SPECTRUM", DataType.FLOAT, "Weight for each data point", polarisations, channels)
                    .bind(cube("TiledWeightSpectrum", Float.BYTES), "WEIGHT_SPECTRUM");
        }
        return builder.build();
    }

    /** What the tile cache of a column may take: two rows of tiles, within limits. */
    long cacheBytes() {
        long across = ((long) channels + tileChannels - 1) / tileChannels;
        return Math.max(LEAST_CACHE_BYTES, Math.min(MOST_CACHE_BYTES, 2 * across * options.tileBytes()));
    }

    /** Rows of a tile whose rows have so many bytes. */
    static int tileRows(int tileBytes, int rowBytes, int baselines) {
        int most = Math.max(1, tileBytes / rowBytes);
        if (most >= baselines) {
            return most / baselines * baselines;
        }
        int tilesPerDump = (baselines + most - 1) / most;
        return (baselines + tilesPerDump - 1) / tilesPerDump;
    }

    private StorageManager cube(String name, int valueBytes) {
        int rowBytes = polarisations * tileChannels * valueBytes;
        return StorageManager.tiledColumn(
                name, polarisations, tileChannels, tileRows(options.tileBytes(), rowBytes, baselines));
    }

    private StorageManager rows(String name, int values, int valueBytes) {
        int bytes = Math.min(SMALL_TILE_BYTES, options.tileBytes());
        return StorageManager.tiledColumn(name, values, tileRows(bytes, values * valueBytes, baselines));
    }
}
