package org.spead.item;

/** The item identifiers that the SPEAD protocol reserves, and the values of the stream control item. */
public final class ItemId {
    /** Padding; its address only ends the item before it. */
    public static final int NULL = 0;

    /** Heap count, the identity of a heap within its stream. */
    public static final int HEAP_CNT = 1;

    /** Bytes of heap payload. */
    public static final int HEAP_LENGTH = 2;

    /** Where this packet's payload lies in the heap. */
    public static final int PAYLOAD_OFFSET = 3;

    /** Bytes of payload in this packet. */
    public static final int PAYLOAD_LENGTH = 4;

    /** An item descriptor: a SPEAD packet within the heap. */
    public static final int DESCRIPTOR = 5;

    /** Stream control, with one of the {@code STREAM_CTRL_*} values. */
    public static final int STREAM_CTRL = 6;

    /** Descriptor: name. */
    public static final int DESCRIPTOR_NAME = 0x10;

    /** Descriptor: description. */
    public static final int DESCRIPTOR_DESCRIPTION = 0x11;

    /** Descriptor: shape. */
    public static final int DESCRIPTOR_SHAPE = 0x12;

    /** Descriptor: format fields. */
    public static final int DESCRIPTOR_FORMAT = 0x13;

    /** Descriptor: identifier of the item described. */
    public static final int DESCRIPTOR_ID = 0x14;

    /** Descriptor: numpy header (dtype, order and shape as a Python literal). */
    public static final int DESCRIPTOR_DTYPE = 0x15;

    /** First identifier that is nobody's reserved one. */
    public static final int FIRST_FREE = 0x1000;

    /** Start of stream. */
    public static final long STREAM_CTRL_START = 0;

    /** Descriptors are sent again. */
    public static final long STREAM_CTRL_DESCRIPTOR_REISSUE = 1;

    /** End of stream. */
    public static final long STREAM_CTRL_STOP = 2;

    /** Descriptors have changed. */
    public static final long STREAM_CTRL_DESCRIPTOR_UPDATE = 3;

    private ItemId() {}
}
