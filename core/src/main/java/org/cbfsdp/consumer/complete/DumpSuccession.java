package org.cbfsdp.consumer.complete;

import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityDump;

/**
 * Which dump follows which, by the telescope model: the model's next, or, past its end and at times that it does not have, the one
 * after the interval of the nearest. A dump later by more than half an interval leaves a gap. Immutable.
 */
record DumpSuccession(TelescopeModel model) {
    private static final double TOLERANCE = 0.5;

    /** Whether a dump is of the same scan as an earlier one, and nothing can have been between them. */
    boolean follows(VisibilityDump earlier, VisibilityDump later) {
        double time = PayloadTime.mjdSeconds(earlier.timestampTicks());
        double interval = model.nearestData(time).intervalSeconds();
        double latest = due(time, interval) + TOLERANCE * interval;
        return earlier.scanId() == later.scanId() && PayloadTime.mjdSeconds(later.timestampTicks()) <= latest;
    }

    private double due(double time, double interval) {
        DumpMetadata own = model.matchingData(time, TOLERANCE);
        return own != null && own.index() + 1 < model.dumpCount()
                ? model.dump(own.index() + 1).timeMjdSeconds()
                : time + interval;
    }
}
