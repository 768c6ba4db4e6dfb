package org.cbfsdp.recv;

/**
 * Which scan is being received, and whether a heap of another one begins the next or is wrong.
 *
 * <p>The first heap's scan is believed. A heap that opens a dump of another scan, later than all others, may begin a new scan: it is a
 * <em>candidate</em> until the next heap of that scan confirms it, or one of the current scan, as late or later, refutes it.
 * Called by the router thread only.
 */
final class ScanGate {
    private OpenDump candidate;
    private long current;
    private long previous;
    private long currentFromKey;
    private boolean anySeen;

    /** What a heap's scan means where it belongs. */
    enum Verdict {
        /** It is in the right place. */
        FITS,
        /** It opens what may be a new scan: see {@link ScanGate#suspect}. */
        OPENS,
        /** It proves that the candidate was wrong, and fits when the candidate is gone. */
        REFUTES,
        /** It is wrong. */
        WRONG
    }

    /**
     * Judges a heap.
     *
     * @param existing the open dump that it belongs to, or null
     * @param newestKey largest key of a dump of the current scan
     */
    Verdict judge(OpenDump existing, long key, long scanId, long newestKey) {
        if (!anySeen) {
            anySeen = true;
            current = scanId;
            previous = scanId;
            currentFromKey = key;
        }
        if (candidate != null) {
            if (scanId == current && Long.compareUnsigned(key, candidate.key()) >= 0) {
                return Verdict.REFUTES;
            }
            if (scanId == candidate.scanId() && (existing == null || existing == candidate)) {
                believe();
                return Verdict.FITS;
            }
        }
        if (existing != null) {
            return existing.scanId() == scanId ? Verdict.FITS : Verdict.WRONG;
        }
        if (scanId == current || (scanId == previous && Long.compareUnsigned(key, currentFromKey) < 0)) {
            return Verdict.FITS;
        }
        return candidate == null && Long.compareUnsigned(key, newestKey) > 0 ? Verdict.OPENS : Verdict.WRONG;
    }

    /** Whether the dump has the only heap of a scan that nothing has confirmed. */
    boolean isCandidate(OpenDump dump) {
        return dump == candidate;
    }

    /** The dump that has just been opened by a heap that {@link Verdict#OPENS}. */
    void suspect(OpenDump dump) {
        candidate = dump;
    }

    /** The candidate, which is none from now on: its heap was wrong. */
    OpenDump refute() {
        OpenDump refuted = candidate;
        candidate = null;
        return refuted;
    }

    /** The candidate is believed, for want of proof. */
    void believe() {
        if (candidate != null) {
            previous = current;
            current = candidate.scanId();
            currentFromKey = candidate.key();
            candidate = null;
        }
    }
}
