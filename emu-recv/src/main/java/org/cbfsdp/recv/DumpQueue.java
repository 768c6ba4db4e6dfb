package org.cbfsdp.recv;

import org.cbfsdp.payload.VisibilityDump;

/** Dumps on their way to one consumer, bounded in number and in bytes. Thread-safe; never waits; makes no garbage. */
final class DumpQueue {
    private final VisibilityDump[] ring;
    private final long capacityBytes;
    private int head;
    private int size;
    private long bytes;

    DumpQueue(int capacityDumps, long capacityBytes) {
        this.ring = new VisibilityDump[capacityDumps];
        this.capacityBytes = capacityBytes;
    }

    /** Whether there was room; a dump larger than the whole queue is still taken when nothing else is queued. */
    synchronized boolean offer(VisibilityDump dump) {
        long more = dump.payloadBytes();
        if (size == ring.length || (size > 0 && bytes + more > capacityBytes)) {
            return false;
        }
        ring[(head + size) % ring.length] = dump;
        size++;
        bytes += more;
        return true;
    }

    /** The dump that has waited longest, or null. */
    synchronized VisibilityDump poll() {
        if (size == 0) {
            return null;
        }
        VisibilityDump dump = ring[head];
        ring[head] = null;
        head = (head + 1) % ring.length;
        size--;
        bytes -= dump.payloadBytes();
        return dump;
    }

    synchronized int size() {
        return size;
    }

    /** The most dumps it takes. */
    int capacityDumps() {
        return ring.length;
    }
}
