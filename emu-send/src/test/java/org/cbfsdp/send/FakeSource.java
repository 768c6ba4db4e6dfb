package org.cbfsdp.send;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.DumpBlock;

/**
 * Dumps by formula, so that each visibility says where it belongs: real part dump * 1000 + baseline, imaginary part
 * channel of the set + polarisation / 8.
 */
final class FakeSource implements DumpSource {
    private final double[] times;
    private final double intervalSeconds;
    private final int baselines;
    private final ChannelRange channels;
    private final int[] correlationTypes;
    private final List<Integer> reads = new ArrayList<>();

    FakeSource(double[] times, double intervalSeconds, int baselines, ChannelRange channels, int... correlationTypes) {
        this.times = times.clone();
        this.intervalSeconds = intervalSeconds;
        this.baselines = baselines;
        this.channels = channels;
        this.correlationTypes = correlationTypes.clone();
    }

    static float real(int dump, int baseline) {
        return dump * 1000f + baseline;
    }

    static float imaginary(int channelOfSet, int polarisation) {
        return channelOfSet + polarisation / 8f;
    }

    /** Every third baseline of every fifth channel has all flags set; of every seventh channel the first one only. */
    static boolean isFlagged(int baseline, int channelOfSet, int polarisation) {
        return isAllFlagged(baseline, channelOfSet) || (isFirstFlagged(channelOfSet) && polarisation == 0);
    }

    static boolean isAllFlagged(int baseline, int channelOfSet) {
        return baseline % 3 == 0 && channelOfSet % 5 == 0;
    }

    static boolean isFirstFlagged(int channelOfSet) {
        return channelOfSet % 7 == 0;
    }

    /** Which dumps were read, in order. */
    List<Integer> reads() {
        return reads;
    }

    @Override
    public String describe() {
        return "fake";
    }

    @Override
    public int dumpCount() {
        return times.length;
    }

    @Override
    public double timeMjdSeconds(int dump) {
        return times[dump];
    }

    @Override
    public double intervalSeconds(int dump) {
        return intervalSeconds;
    }

    @Override
    public Baselines baselines() {
        return Baselines.of(new int[baselines], IntStream.range(0, baselines).toArray());
    }

    @Override
    public ChannelRange channels() {
        return channels;
    }

    @Override
    public int[] correlationTypes() {
        return correlationTypes.clone();
    }

    @Override
    public void read(int dump, DumpBlock target) {
        reads.add(dump);
        ByteBuffer visibilities = target.visibilities();
        ByteBuffer flags = target.flags();
        for (int b = 0; b < baselines; b++) {
            for (int c = channels.first(); c < channels.end(); c++) {
                for (int p = 0; p < correlationTypes.length; p++) {
                    visibilities.putFloat(real(dump, b)).putFloat(imaginary(c, p));
                    flags.put((byte) (isFlagged(b, c, p) ? 1 : 0));
                }
            }
        }
    }

    @Override
    public void close() {}
}
