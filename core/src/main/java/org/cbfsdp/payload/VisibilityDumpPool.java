package org.cbfsdp.payload;

/** Dumps that are used again after their last release, so that the steady state makes no garbage. Thread-safe. */
public final class VisibilityDumpPool {
    private final int streams;
    private final Spares<VisibilityDump> spares = new Spares<>();

    /** Makes an empty pool of dumps of so many streams. */
    public VisibilityDumpPool(int streams) {
        this.streams = streams;
    }

    /**
     * A dump with one reference, the caller's. Takes over one reference to each payload.
     *
     * @param timestampTicks time in 2^-32 s since the UNIX epoch, unsigned
     * @param payloads one a stream, null where none came; copied
     */
    public VisibilityDump dump(long timestampTicks, long scanId, VisibilityPayload[] payloads) {
        VisibilityDump dump = spares.take();
        if (dump == null) {
            dump = new VisibilityDump(streams, spares);
        }
        dump.fill(timestampTicks, scanId, payloads);
        return dump;
    }
}
