package org.cbfsdp.recv;

import java.util.Arrays;

/**
 * The dumps being assembled in increasing time, and the last ones that were handed on, to tell a duplicate from a late heap.
 * Dump objects circulate between the two, so that the steady state makes no garbage. Confined to the router thread.
 */
final class DumpWindow {
    /** How many dumps that were handed on are remembered. */
    private static final int REMEMBERED = 64;

    private final int streams;
    private final OpenDump[] past = new OpenDump[REMEMBERED];
    private OpenDump[] open = new OpenDump[8];
    private OpenDump[] spare = new OpenDump[8];
    private int openCount;
    private int spareCount;
    private int pastCount;
    private int nextPast;
    private long bytes;

    DumpWindow(int streams) {
        this.streams = streams;
    }

    int size() {
        return openCount;
    }

    /** Bytes of payload in all open dumps. */
    long bytes() {
        return bytes;
    }

    void addBytes(long more) {
        bytes += more;
    }

    OpenDump oldest() {
        return open[0];
    }

    /** The open dump of a key, or null. Most heaps belong to the last ones. */
    OpenDump find(long key) {
        for (int at = openCount - 1; at >= 0 && Long.compareUnsigned(open[at].key(), key) >= 0; at--) {
            if (open[at].key() == key) {
                return open[at];
            }
        }
        return null;
    }

    /** Opens the dump of a key that has none. */
    OpenDump open(long key, long ticks, long scanId) {
        int at = openCount;
        while (at > 0 && Long.compareUnsigned(open[at - 1].key(), key) > 0) {
            at--;
        }
        if (openCount == open.length) {
            open = Arrays.copyOf(open, openCount * 2);
        }
        System.arraycopy(open, at, open, at + 1, openCount - at);
        OpenDump dump = spareCount > 0 ? spare[--spareCount] : new OpenDump(streams);
        dump.begin(key, ticks, scanId);
        open[at] = dump;
        openCount++;
        return dump;
    }

    /** Closes the oldest dump, which is remembered; its payloads are the caller's. */
    OpenDump removeOldest() {
        OpenDump dump = open[0];
        remove(0);
        if (past[nextPast] != null) {
            keep(past[nextPast]);
        }
        past[nextPast] = dump;
        nextPast = (nextPast + 1) % REMEMBERED;
        pastCount = Math.min(pastCount + 1, REMEMBERED);
        return dump;
    }

    /** Closes an open dump as if it had never been; its payloads are the caller's. */
    void discard(OpenDump dump) {
        for (int at = 0; at < openCount; at++) {
            if (open[at] == dump) {
                remove(at);
                keep(dump);
                return;
            }
        }
    }

    /** Whether the dump of this key is remembered, and had the stream's heap. */
    boolean hadHeap(long key, int stream) {
        for (int i = 0; i < pastCount; i++) {
            if (past[i].key() == key) {
                return past[i].has(stream);
            }
        }
        return false;
    }

    private void remove(int at) {
        bytes -= open[at].bytes();
        openCount--;
        System.arraycopy(open, at + 1, open, at, openCount - at);
        open[openCount] = null;
    }

    private void keep(OpenDump dump) {
        if (spareCount == spare.length) {
            spare = Arrays.copyOf(spare, spareCount * 2);
        }
        spare[spareCount++] = dump;
    }
}
