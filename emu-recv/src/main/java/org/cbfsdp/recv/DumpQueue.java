package org.cbfsdp.recv;

import org.cbfsdp.payload.VisibilityDump;

/**
 * Dumps on their way to one consumer, bounded in number and in bytes. The one that is next may be shown to the consumer beforehand, and
 * then leaves to nobody else. Thread-safe; never waits; makes no garbage.
 */
final class DumpQueue {
    private final VisibilityDump[] ring;
    private final long capacityBytes;
    private int head;
    private int size;
    private long bytes;
    private boolean headShown;

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

    /** The dump that has waited longest, or null; stays in the queue until it is polled. */
    synchronized VisibilityDump show() {
        headShown = size > 0;
        return headShown ? ring[head] : null;
    }

    /** Takes the dump that has waited longest, or null. */
    synchronized VisibilityDump poll() {
        headShown = false;
        return remove(0);
    }

    /** Takes the dump that has waited longest and was not shown, or null. */
    synchronized VisibilityDump pollUnseen() {
        return remove(headShown ? 1 : 0);
    }

    /** The one at the head, or that behind it, whose place the head then takes. */
    private VisibilityDump remove(int behind) {
        if (size <= behind) {
            return null;
        }
        int at = (head + behind) % ring.length;
        VisibilityDump dump = ring[at];
        ring[at] = ring[head];
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
