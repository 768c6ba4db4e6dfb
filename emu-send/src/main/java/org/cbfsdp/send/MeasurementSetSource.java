package org.cbfsdp.send;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.ms.ReaderOptions;
import org.cbfsdp.ms.VisibilityReader;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.settings.ReaderSettings;

/** Dumps of a Measurement Set. */
final class MeasurementSetSource implements DumpSource {
    private static final Logger LOG = LogManager.getLogger(MeasurementSetSource.class);

    private final VisibilityReader reader;

    private MeasurementSetSource(VisibilityReader reader) {
        this.reader = reader;
    }

    /** Opens the set that the settings name, and says what it holds. */
    static MeasurementSetSource open(ReaderSettings settings) {
        ReaderOptions options = new ReaderOptions(
                settings.column(),
                settings.startChannel(),
                settings.channelCount(),
                settings.dataDescId(),
                settings.fieldId(),
                settings.dumpCount());
        VisibilityReader reader = VisibilityReader.open(settings.measurementSet(), options);
        if (reader.selection().clamped()) {
            LOG.warn(
                    "reader.num_chan = {} goes beyond the last channel of {}; reading channels {} only",
                    settings.channelCount(),
                    settings.measurementSet(),
                    reader.selection().range());
        }
        return new MeasurementSetSource(reader);
    }

    @Override
    public int dumpCount() {
        return reader.dumpCount();
    }

    @Override
    public double timeMjdSeconds(int dump) {
        return reader.timeMjdSeconds(dump);
    }

    @Override
    public double intervalSeconds(int dump) {
        return reader.intervalSeconds(dump);
    }

    @Override
    public Baselines baselines() {
        return reader.baselines();
    }

    @Override
    public ChannelRange channels() {
        return reader.selection().range();
    }

    @Override
    public int[] correlationTypes() {
        return reader.correlationTypes();
    }

    @Override
    public void read(int dump, DumpBlock target) {
        reader.read(dump, target);
    }

    @Override
    public void close() {
        reader.close();
    }
}
