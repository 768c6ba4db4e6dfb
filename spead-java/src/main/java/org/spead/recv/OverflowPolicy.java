package org.spead.recv;

/** What a full queue does with one more element. */
public enum OverflowPolicy {
    /** The producer waits; loss then happens, if at all, in the socket before it. */
    BLOCK,
    /** The element that does not fit is dropped and counted. */
    DROP_NEWEST,
    /** The element that has waited longest is dropped and counted. */
    DROP_OLDEST
}
