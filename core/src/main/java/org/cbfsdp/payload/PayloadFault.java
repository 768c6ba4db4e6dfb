package org.cbfsdp.payload;

/** What a heap was, when it was not a visibility payload. Named, so that each can be counted. */
public enum PayloadFault {
    /** A payload was found. */
    NONE("a visibility payload"),

    /** No data at all: a start, descriptor or other heap. Nothing is wrong with it. */
    NO_DATA("no data in the heap"),

    /** Data, but not the interface's correlator output. */
    NO_CORRELATOR_OUTPUT("no item 0x600A in the heap (payload.method = icd)"),

    /** Data, but no baseline correlation products of katgpucbf. */
    NO_CORRELATION_PRODUCTS("no item 0x1800 in the heap (payload.method = katgpucbf)"),

    /** The correlator output came, but an item that says what it is has not come yet. */
    ITEM_MISSING("an item that describes the correlator output has never come"),

    /** A descriptor gives an item a type that the interface does not have. */
    ITEM_TYPE("an item has a type that the interface does not have"),

    /** The correlator output is smaller than its channels and baselines need, or its descriptor has another shape. */
    SIZE("the correlator output is not as large as its channels and baselines say"),

    /** The time is not one that 32 bits of seconds and 32 bits of fraction can say, or a count is not positive. */
    VALUE("an item has a value that makes no sense"),

    /** The time is not that of a dump. */
    OFF_GRID("the time is not that of a dump"),

    /** There are more channels than any stream carries. */
    CHANNELS("more channels than any stream carries"),

    /** There is no memory to convert the visibilities into. */
    NO_MEMORY("no memory to convert the visibilities into");

    private final String text;

    PayloadFault(String text) {
        this.text = text;
    }

    /** For log lines. */
    public String text() {
        return text;
    }
}
