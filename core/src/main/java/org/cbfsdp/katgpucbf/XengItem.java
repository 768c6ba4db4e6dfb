package org.cbfsdp.katgpucbf;

/** The items of a heap of baseline correlation products; all are in every heap. */
final class XengItem {
    /** First sample of the dump, counted from the sync time by the clock of the digitisers; 48 bits, unsigned. */
    static final int TIMESTAMP = 0x1600;

    /** Number of the heap's first channel. */
    static final int FREQUENCY = 0x4103;

    /** The products: int32 of (channel, product, real or imaginary). */
    static final int XENG_RAW = 0x1800;

    private XengItem() {}
}
