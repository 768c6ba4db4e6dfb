package org.spead.recv;

/** What a full queue does with one more element. */
public enum OverflowPolicy {
    /**
     * The stream receives nothing until there is room again; its packets wait in the socket buffer, where loss then happens if
     * at all. Nobody blocks: a thread that serves several streams goes on with the others. What one batch of packets
     * completes is taken beyond the capacity.
     */
    PAUSE,
    /** The producer waits; loss then happens, if at all, in the socket before it. */
    BLOCK,
    /** The element that does not fit is dropped and counted. */
    DROP_NEWEST,
    /** The element that has waited longest is dropped and counted. */
    DROP_OLDEST
}
