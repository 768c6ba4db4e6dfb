package org.cbfsdp.payload;

import java.util.Arrays;

/**
 * The metadata of an observation that does not travel with the visibilities. Immutable.
 *
 * <p>Taken from a Measurement Set by {@code org.cbfsdp.ms}; what a real telescope would ask of its telescope manager.
 */
public final class TelescopeModel {
    private final int stationCount;
    private final Baselines baselines;
    private final SpectralWindow spectralWindow;
    private final int[] correlationTypes;
    private final double phaseCentreRaRadians;
    private final double phaseCentreDecRadians;
    private final DumpMetadata[] dumps;
    private final double[] timesMjdSeconds;

    /**
     * Puts the parts together.
     *
     * @param correlationTypes casacore Stokes codes (9 XX, 10 XY, 11 YX, 12 YY), one a polarisation
     * @param dumps in increasing time
     */
    public TelescopeModel(
            int stationCount,
            Baselines baselines,
            SpectralWindow spectralWindow,
            int[] correlationTypes,
            double phaseCentreRaRadians,
            double phaseCentreDecRadians,
            DumpMetadata... dumps) {
        this.stationCount = stationCount;
        this.baselines = baselines;
        this.spectralWindow = spectralWindow;
        this.correlationTypes = correlationTypes.clone();
        this.phaseCentreRaRadians = phaseCentreRaRadians;
        this.phaseCentreDecRadians = phaseCentreDecRadians;
        this.dumps = dumps.clone();
        this.timesMjdSeconds =
                Arrays.stream(dumps).mapToDouble(DumpMetadata::timeMjdSeconds).toArray();
        for (int i = 1; i < dumps.length; i++) {
            // Said so that NaN, which is neither larger nor smaller, is refused as well.
            if (!(timesMjdSeconds[i] > timesMjdSeconds[i - 1])) {
                throw new IllegalArgumentException("times of the telescope model must increase: "
                        + timesMjdSeconds[i - 1] + " is followed by " + timesMjdSeconds[i]);
            }
        }
    }

    public int stationCount() {
        return stationCount;
    }

    /** Order of the baselines within a dump. */
    public Baselines baselines() {
        return baselines;
    }

    public SpectralWindow spectralWindow() {
        return spectralWindow;
    }

    public int channelCount() {
        return spectralWindow.channelCount();
    }

    public int polarisationCount() {
        return correlationTypes.length;
    }

    /** casacore Stokes code of each polarisation. */
    public int[] correlationTypes() {
        return correlationTypes.clone();
    }

    public double phaseCentreRaRadians() {
        return phaseCentreRaRadians;
    }

    public double phaseCentreDecRadians() {
        return phaseCentreDecRadians;
    }

    /** Number of dumps the model knows. */
    public int dumpCount() {
        return dumps.length;
    }

    /** Dump {@code index} in time order. */
    public DumpMetadata dump(int index) {
        return dumps[index];
    }

    /**
     * The dump whose time is nearest; of two equally near the earlier. Allocates nothing.
     *
     * @throws IllegalStateException when the model has no dumps
     */
    public DumpMetadata nearestData(double timeMjdSeconds) {
        if (dumps.length == 0) {
            throw new IllegalStateException("the telescope model has no dumps");
        }
        int found = Arrays.binarySearch(timesMjdSeconds, timeMjdSeconds);
        if (found >= 0) {
            return dumps[found];
        }
        int after = -found - 1;
        if (after == 0) {
            return dumps[0];
        }
        if (after == dumps.length) {
            return dumps[dumps.length - 1];
        }
        boolean earlier = timeMjdSeconds - timesMjdSeconds[after - 1] <= timesMjdSeconds[after] - timeMjdSeconds;
        return dumps[earlier ? after - 1 : after];
    }

    /**
     * The dump at this time.
     *
     * @param tolerance largest distance, as a fraction of that dump's interval
     * @return null when the model has no dump there
     */
    public DumpMetadata matchingData(double timeMjdSeconds, double tolerance) {
        if (dumps.length == 0) {
            return null;
        }
        DumpMetadata nearest = nearestData(timeMjdSeconds);
        double distance = Math.abs(nearest.timeMjdSeconds() - timeMjdSeconds);
        return distance <= tolerance * nearest.intervalSeconds() ? nearest : null;
    }
}
