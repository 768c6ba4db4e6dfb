package org.cbfsdp.send;

import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.settings.ReaderSettings;
import org.cbfsdp.settings.SettingsException;

/** Where dumps come from. Confined to one thread. */
interface DumpSource extends AutoCloseable {
    /** The source that the settings name, which the caller closes. */
    static DumpSource open(ReaderSettings settings) {
        return settings.synthetic().isPresent()
                ? new SyntheticSource(settings.synthetic().orElseThrow(), settings)
                : MeasurementSetSource.open(settings.measurementSet().orElseThrow(), settings);
    }

    /** What it is, for the log. */
    String describe();

    /** Number of dumps there are. */
    int dumpCount();

    /** Time of a dump. */
    double timeMjdSeconds(int dump);

    /** Distance from a dump to the next. */
    double intervalSeconds(int dump);

    /** Order of the baselines in every dump. */
    Baselines baselines();

    /** The channels that are read, in the numbers of the set. */
    ChannelRange channels();

    /** casacore Stokes code of each polarisation. */
    int[] correlationTypes();

    /** Fills a block of this source's shape with a dump. */
    void read(int dump, DumpBlock target);

    /**
     * A block of this source's shape.
     *
     * @throws SettingsException when it would be too large
     */
    default DumpBlock newBlock() {
        try {
            return new DumpBlock(baselines().count(), channels().count(), correlationTypes().length);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(e.getMessage() + "; read fewer channels (reader.num_chan)", e);
        }
    }

    @Override
    void close();
}
