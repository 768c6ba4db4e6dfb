package org.cbfsdp.recv.consumer.mswriter;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.payload.DumpBlock;

/** Notices a sender that leaves the fraction of data empty, whose every visibility would be flagged. Confined to one thread. */
final class FdWatch {
    private static final Logger LOG = LogManager.getLogger(FdWatch.class);

    private boolean anyFd;

    /** Looks at what arrived of a dump. */
    void dump(DumpBlock block) {
        for (int baseline = 0; baseline < block.baselines() && !anyFd; baseline++) {
            anyFd = block.fdSum(baseline) > 0;
        }
    }

    /** Says so when no visibility of the scan had any. */
    void endOfScan(long scanId, boolean flagFromFd) {
        if (!anyFd && flagFromFd) {
            LOG.warn(
                    "scan {}: the fraction of data (FD) was 0 everywhere, so everything is flagged; if the sender does"
                            + " not fill FD, set mswriter.flag_from_fd = never",
                    Long.toUnsignedString(scanId));
        }
        anyFd = false;
    }
}
