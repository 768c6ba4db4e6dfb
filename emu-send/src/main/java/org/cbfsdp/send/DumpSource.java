package org.cbfsdp.send;

import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.DumpBlock;

/** Where dumps come from. Confined to one thread. */
interface DumpSource extends AutoCloseable {
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

    /** A block of this source's shape. */
    default DumpBlock newBlock() {
        return new DumpBlock(baselines().count(), channels().count(), correlationTypes().length);
    }

    @Override
    void close();
}
