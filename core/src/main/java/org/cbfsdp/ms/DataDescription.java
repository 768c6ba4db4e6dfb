package org.cbfsdp.ms;

import org.cbfsdp.payload.SpectralWindow;

/**
 * A row of DATA_DESCRIPTION: where the frequency axis and the polarisations of some rows are described. Immutable.
 *
 * @param spectralWindowId row of SPECTRAL_WINDOW
 * @param polarizationId row of POLARIZATION
 */
record DataDescription(int spectralWindowId, int polarizationId) {
    private static final double ROUNDING = 1e-6;

    static DataDescription read(OpenSet set, int dataDescId) {
        return set.subtable(
                "DATA_DESCRIPTION",
                table -> new DataDescription(
                        table.scalarColumn("SPECTRAL_WINDOW_ID").ints(dataDescId, 1)[0],
                        table.scalarColumn("POLARIZATION_ID").ints(dataDescId, 1)[0]));
    }

    /** casacore Stokes code of each polarisation. */
    int[] correlationTypes(OpenSet set) {
        return set.subtable(
                "POLARIZATION", table -> table.arrayColumn("CORR_TYPE").ints(polarizationId));
    }

    /** The frequency axis; its increment is the distance of the first two channels, or the width of one. */
    SpectralWindow spectralWindow(OpenSet set) {
        return set.subtable("SPECTRAL_WINDOW", table -> {
            double[] frequencies = table.arrayColumn("CHAN_FREQ").doubles(spectralWindowId);
            if (frequencies.length == 0) {
                throw set.refusal("has no channels in row " + spectralWindowId + " of SPECTRAL_WINDOW");
            }
            double width = table.arrayColumn("CHAN_WIDTH").doubles(spectralWindowId)[0];
            double increment = frequencies.length > 1 ? increment(frequencies[1] - frequencies[0], width) : width;
            return new SpectralWindow(frequencies.length, frequencies[0], increment);
        });
    }

    /** The width is exact where the difference of two frequencies was rounded, but need not say which way they go. */
    private static double increment(double distance, double width) {
        boolean same = Math.abs(Math.abs(width) - Math.abs(distance)) <= ROUNDING * Math.abs(distance);
        return same ? Math.copySign(width, distance) : distance;
    }
}
