package org.cbfsdp.ms;

import java.nio.file.Path;
import org.cbfsdp.payload.TelescopeModel;

/**
 * What to write, and how it lies on disk. Immutable.
 *
 * @param output directory of the set to make
 * @param modelSet set whose metadata tables are copied
 * @param model telescope model, read from that set
 * @param overwrite whether a set that is already there is replaced
 * @param tileBytes size of a tile, about; 1 MiB is fast
 * @param channelsPerTile channels of a tile, best those of one stream; 0 for all
 * @param weightSpectrum whether to write WEIGHT_SPECTRUM: the weight of the row, 0 where flagged
 * @param weightFromFd whether WEIGHT is the mean fraction of data; else it is 1 for a row with anything unflagged
 * @param application name of the program, for HISTORY
 */
public record WriterOptions(
        Path output,
        Path modelSet,
        TelescopeModel model,
        boolean overwrite,
        int tileBytes,
        int channelsPerTile,
        boolean weightSpectrum,
        boolean weightFromFd,
        String application) {
    private static final int MEBIBYTE = 1 << 20;

    public WriterOptions {
        if (tileBytes < 1 || channelsPerTile < 0) {
            throw new IllegalArgumentException(
                    "a tile of " + tileBytes + " bytes and " + channelsPerTile + " channels");
        }
    }

    /** A new set with tiles of 1 MiB across all channels, weights from the fraction of data, no WEIGHT_SPECTRUM. */
    public static WriterOptions of(Path output, Path modelSet, TelescopeModel model, String application) {
        return new WriterOptions(output, modelSet, model, false, MEBIBYTE, 0, false, true, application);
    }

    /** The same for another set. */
    public WriterOptions withOutput(Path newOutput) {
        return new WriterOptions(
                newOutput,
                modelSet,
                model,
                overwrite,
                tileBytes,
                channelsPerTile,
                weightSpectrum,
                weightFromFd,
                application);
    }

    /** The same, replacing a set that is already there, or not. */
    public WriterOptions withOverwrite(boolean newOverwrite) {
        return new WriterOptions(
                output,
                modelSet,
                model,
                newOverwrite,
                tileBytes,
                channelsPerTile,
                weightSpectrum,
                weightFromFd,
                application);
    }

    /** The same with other tiles. */
    public WriterOptions withTiles(int bytes, int channels) {
        return new WriterOptions(
                output, modelSet, model, overwrite, bytes, channels, weightSpectrum, weightFromFd, application);
    }

    /** The same with WEIGHT_SPECTRUM or without, and with weights from the fraction of data or not. */
    public WriterOptions withWeights(boolean spectrum, boolean fromFd) {
        return new WriterOptions(
                output, modelSet, model, overwrite, tileBytes, channelsPerTile, spectrum, fromFd, application);
    }
}
