package org.spead.transport.pcap;

import java.io.IOException;

/** Steps through the records of a file of one format. Confined to the reading thread. */
interface CaptureRecords {
    /** What a step came upon. */
    enum Step {
        /** A frame, or further on: a datagram. */
        FOUND,
        /** A record that is of no use; it has been counted if it should have been. */
        NOTHING,
        /** The end of what can be read. Then do not step again. */
        END
    }

    /** Reads one record. */
    Step next(CapturedFrame frame) throws IOException;
}
