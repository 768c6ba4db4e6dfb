package org.spead.item;

import java.nio.ByteBuffer;

/**
 * An item of a received heap before its descriptor is applied.
 *
 * @param id item identifier
 * @param immediate whether the value travelled in the item pointer
 * @param immediateValue the value as an unsigned number of the heap address width, when immediate
 * @param bytes a read-only view of the item's bytes, big-endian order: those in the heap's payload, or the immediate value
 *     as {@code heapAddressBits / 8} big-endian bytes; valid until the heap is closed
 */
public record RawItem(int id, boolean immediate, long immediateValue, ByteBuffer bytes) {}
