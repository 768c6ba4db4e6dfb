package org.cbfsdp.send;

import java.nio.ByteBuffer;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.settings.ReaderSettings;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.SyntheticShape;

/**
 * Dumps by formula, without a disk: the visibility of dump t, baseline b, channel c of C and polarisation p has the amplitude
 * {@code 1 + t + c / C} and the phase {@code 2 pi (4 b + p) / (4 B)} of B baselines. Nothing is flagged.
 */
final class SyntheticSource implements DumpSource {
    /** XX, XY, YX, YY as casacore numbers them. */
    private static final int[] LINEAR = {9, 10, 11, 12};

    /** 2020-01-01 00:00:00 UTC. */
    private static final double FIRST_MJD_SECONDS = 58_849 * 86_400.0;

    private static final double INTERVAL_SECONDS = 1;

    private final SyntheticShape shape;
    private final ChannelRange channels;
    private final int dumps;
    private final Baselines baselines;
    /** Of the baseline being made. */
    private final float[] cosines = new float[LINEAR.length];

    private final float[] sines = new float[LINEAR.length];

    /** The channels and dumps of the shape that the settings select. */
    SyntheticSource(SyntheticShape shape, ReaderSettings settings) {
        this.shape = shape;
        if (settings.startChannel() >= shape.channels()) {
            throw new SettingsException("reader.start_chan = " + settings.startChannel() + " is past the last of the "
                    + shape.channels() + " channels of reader.synthetic");
        }
        int left = shape.channels() - settings.startChannel();
        int count = settings.channelCount() == 0 ? left : Math.min(left, settings.channelCount());
        this.channels = new ChannelRange(settings.startChannel(), count);
        this.dumps = settings.dumpCount() == 0 ? shape.dumps() : Math.min(shape.dumps(), settings.dumpCount());
        requireFit(shape.stations(), count);
        this.baselines = inMemory(shape);
    }

    /** Asks before anything is made, which takes seconds with thousands of stations. */
    private static void requireFit(int stations, int channels) {
        int baselines = Baselines.count(stations, true);
        if (!DumpBlock.fits(baselines, channels, LINEAR.length)) {
            throw new SettingsException("reader.synthetic: a dump of the " + baselines + " baselines of " + stations
                    + " stations, " + channels + " channels and " + LINEAR.length
                    + " polarisations exceeds 2 GiB; give fewer stations or channels, or read fewer (reader.num_chan)");
        }
    }

    /** Some hundred bytes a baseline while they are put in order; what there is may be too little for thousands of stations. */
    private static Baselines inMemory(SyntheticShape shape) {
        try {
            return baselines(shape.stations());
        } catch (OutOfMemoryError e) {
            throw new SettingsException(
                    "there is not enough memory for the " + Baselines.count(shape.stations(), true)
                            + " baselines of the "
                            + shape.stations() + " stations of reader.synthetic (" + e.getMessage()
                            + "); give fewer stations, or more memory (JAVA_OPTS=-Xmx4g)",
                    e);
        }
    }

    private static Baselines baselines(int stations) {
        int count = Baselines.count(stations, true);
        int[] first = new int[count];
        int[] second = new int[count];
        int baseline = 0;
        for (int i = 0; i < stations; i++) {
            for (int j = i; j < stations; j++) {
                first[baseline] = i;
                second[baseline++] = j;
            }
        }
        return Baselines.of(first, second);
    }

    @Override
    public String describe() {
        return "synthetic data";
    }

    @Override
    public int dumpCount() {
        return dumps;
    }

    @Override
    public double timeMjdSeconds(int dump) {
        return FIRST_MJD_SECONDS + dump * INTERVAL_SECONDS;
    }

    @Override
    public double intervalSeconds(int dump) {
        return INTERVAL_SECONDS;
    }

    @Override
    public Baselines baselines() {
        return baselines;
    }

    @Override
    public ChannelRange channels() {
        return channels;
    }

    @Override
    public int[] correlationTypes() {
        return LINEAR.clone();
    }

    @Override
    public void read(int dump, DumpBlock target) {
        ByteBuffer values = target.visibilities();
        int phases = baselines.count() * LINEAR.length;
        int offset = 0;
        for (int b = 0; b < baselines.count(); b++) {
            for (int p = 0; p < LINEAR.length; p++) {
                double phase = 2 * Math.PI * (b * LINEAR.length + p) / phases;
                cosines[p] = (float) Math.cos(phase);
                sines[p] = (float) Math.sin(phase);
            }
            for (int c = channels.first(); c < channels.end(); c++) {
                float amplitude = 1 + dump + (float) c / shape.channels();
                for (int p = 0; p < LINEAR.length; p++) {
                    values.putFloat(offset, amplitude * cosines[p]);
                    values.putFloat(offset + Float.BYTES, amplitude * sines[p]);
                    offset += 2 * Float.BYTES;
                }
            }
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
