package org.cbfsdp.recv;

/**
 * Which scan is being received, and whether a heap of another one begins the next or is wrong.
 *
 * <p>The first heap's scan is believed. A heap that opens a dump of another scan, later than all that is believed, may begin a new
 * scan: it is a <em>candidate</em>, by which nothing else is judged, until
 *
 * <ul>
 *   <li>another heap of that scan confirms it, at a time that is no more than a jump away,
 *   <li>a heap of the current scan refutes it, as late as the candidate or later, or
 *   <li>its own stream goes on with the current scan, {@link #PATIENCE} heaps long; other streams may just lag behind, or
 *   <li>another heap opens what may be a new scan, which is the candidate then.
 * </ul>
 *
 * <p>Called by the router thread only.
 */
final class ScanGate {
    /** More heaps than change places on their way. */
    static final int PATIENCE = 4;

    private final long maxJumpTicks;
    private OpenDump candidate;
    private int candidateStream;
    private int doubts;
    private long current;
    private long previous;
    private long currentFromKey;
    private long newestKey;
    private boolean anySeen;

    /** What a heap's scan means where it belongs. */
    enum Verdict {
        /** It is in the right place. */
        FITS,
        /** It opens what may be a new scan, in place of the candidate: see {@link ScanGate#suspect}. */
        OPENS,
        /** It proves that the candidate was wrong, and fits when the candidate is gone. */
        REFUTES,
        /** It is wrong. */
        WRONG
    }

    /**
     * Has seen nothing yet.
     *
     * @param maxJumpTicks how far apart the times of heaps of one scan may be that follow each other
     */
    ScanGate(long maxJumpTicks) {
        this.maxJumpTicks = maxJumpTicks;
    }

    /**
     * Judges a heap, which is placed as the verdict says.
     *
     * @param existing the open dump that it belongs to, or null
     */
    Verdict judge(OpenDump existing, int stream, long key, long scanId) {
        if (!anySeen) {
            begin(key, scanId);
        }
        if (fits(existing == candidate ? null : existing, key, scanId)) {
            Verdict verdict = isAgainstCandidate(stream, key, scanId) ? Verdict.REFUTES : Verdict.FITS;
            noteNewest(key);
            return verdict;
        }
        if (isForCandidate(existing, key, scanId)) {
            believe();
            noteNewest(key);
            return Verdict.FITS;
        }
        return existing == null && Long.compareUnsigned(key, newestKey) > 0 ? Verdict.OPENS : Verdict.WRONG;
    }

    /** Whether a heap is of the current scan, and further ahead of all that is believed than a jump may be. */
    boolean isFarAhead(long key, long scanId) {
        return anySeen && scanId == current && Long.compareUnsigned(key, newestKey) > 0 && !isNear(key, newestKey);
    }

    /** Whether there is a dump that nothing has confirmed. */
    boolean hasCandidate() {
        return candidate != null;
    }

    /** Whether the dump has the only heap of a scan that nothing has confirmed. */
    boolean isCandidate(OpenDump dump) {
        return dump == candidate;
    }

    /** The dump that has just been opened by a stream's heap that {@link Verdict#OPENS}. */
    void suspect(OpenDump dump, int stream) {
        candidate = dump;
        candidateStream = stream;
        doubts = 0;
    }

    /** The candidate, which is none from now on: its heap was wrong. */
    OpenDump refute() {
        OpenDump refuted = candidate;
        candidate = null;
        return refuted;
    }

    /** The candidate is believed, confirmed or for want of proof. */
    void believe() {
        if (candidate != null) {
            previous = current;
            current = candidate.scanId();
            currentFromKey = candidate.key();
            noteNewest(candidate.key());
            candidate = null;
        }
    }

    private void begin(long key, long scanId) {
        anySeen = true;
        current = scanId;
        previous = scanId;
        currentFromKey = key;
        newestKey = key;
    }

    /** Whether the heap has its place among what is believed. */
    private boolean fits(OpenDump believed, long key, long scanId) {
        if (believed != null) {
            return believed.scanId() == scanId;
        }
        return scanId == current || (scanId == previous && Long.compareUnsigned(key, currentFromKey) < 0);
    }

    private boolean isForCandidate(OpenDump existing, long key, long scanId) {
        return candidate != null
                && scanId == candidate.scanId()
                && (existing == null || existing == candidate)
                && isNear(key, candidate.key());
    }

    /** Whether a heap that fits leaves the candidate no chance. */
    private boolean isAgainstCandidate(int stream, long key, long scanId) {
        if (candidate == null || scanId != current) {
            return false;
        }
        if (stream == candidateStream) {
            doubts++;
        }
        return doubts >= PATIENCE || Long.compareUnsigned(key, candidate.key()) >= 0;
    }

    private void noteNewest(long key) {
        if (Long.compareUnsigned(key, newestKey) > 0) {
            newestKey = key;
        }
    }

    private boolean isNear(long key, long other) {
        long distance = Long.compareUnsigned(key, other) > 0 ? key - other : other - key;
        return Long.compareUnsigned(distance, maxJumpTicks) <= 0;
    }
}
