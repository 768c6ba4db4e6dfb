package org.spead.recv;

/** What a {@link HeapRing} does with heaps of which payload is missing. */
public enum IncompletePolicy {
    /** They are counted and go no further. */
    COUNT,
    /** They are queued with their immediate items and the ranges that arrived, without payload. */
    DELIVER,
    /** They are queued with what arrived of their payload too, which occupies pool memory until they are closed. */
    DELIVER_WITH_PAYLOAD
}
