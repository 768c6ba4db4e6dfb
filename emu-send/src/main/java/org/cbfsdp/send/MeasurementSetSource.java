package org.cbfsdp.send;

import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.ms.MeasurementSetException;
import org.cbfsdp.ms.ReaderOptions;
import org.cbfsdp.ms.VisibilityReader;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.settings.ReaderSettings;
import org.cbfsdp.settings.SettingsException;

/** Dumps of a Measurement Set. */
final class MeasurementSetSource implements DumpSource {
    private static final Logger LOG = LogManager.getLogger(MeasurementSetSource.class);

    private final Path measurementSet;
    private final VisibilityReader reader;

    private MeasurementSetSource(Path measurementSet, VisibilityReader reader) {
        this.measurementSet = measurementSet;
        this.reader = reader;
    }

    /**
     * Opens the set, and says when it has less than was asked for.
     *
     * @throws SettingsException when it cannot be opened or has nothing that is wanted
     */
    static MeasurementSetSource open(Path measurementSet, ReaderSettings settings) {
        ReaderOptions options = new ReaderOptions(
                settings.column(),
                settings.startChannel(),
                settings.channelCount(),
                settings.dataDescId(),
                settings.fieldId(),
                settings.dumpCount());
        VisibilityReader reader = opened(measurementSet, options);
        if (reader.selection().clamped()) {
            LOG.warn(
                    "reader.num_chan = {} goes beyond the last channel of {}; reading channels {} only",
                    settings.channelCount(),
                    measurementSet,
                    reader.selection().range());
        }
        return new MeasurementSetSource(measurementSet, reader);
    }

    private static VisibilityReader opened(Path measurementSet, ReaderOptions options) {
        try {
            return VisibilityReader.open(measurementSet, options);
        } catch (MeasurementSetException e) {
            String message = e.getMessage();
            throw new SettingsException(
                    message.contains("reader.") ? message : message + " (reader.measurement_set)", e);
        }
    }

    @Override
    public String describe() {
        return measurementSet.toString();
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
