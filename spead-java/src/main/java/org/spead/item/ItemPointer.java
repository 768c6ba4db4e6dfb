package org.spead.item;

/**
 * The bits of a 64-bit item pointer: mode (1 = immediate), identifier, address or value. Stateless; makes no garbage.
 *
 * <p>Callers pass the heap address width in bits (see {@link Flavour}), so that the network path needs no object.
 */
public final class ItemPointer {
    private ItemPointer() {}

    /** Whether the value is in the pointer itself. */
    public static boolean isImmediate(long pointer) {
        return pointer < 0;
    }

    /** The item identifier. At 8 address bits it has 55 bits; what exceeds an {@code int} is cut, and matches nothing. */
    public static int id(long pointer, int heapAddressBits) {
        long id = (pointer & Long.MAX_VALUE) >>> heapAddressBits;
        return id > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) id;
    }

    /** The address from the start of the heap payload, or the immediate value. */
    public static long value(long pointer, int heapAddressBits) {
        return pointer & ((1L << heapAddressBits) - 1);
    }

    /** Encodes an immediate item. */
    public static long immediate(int id, long value, int heapAddressBits) {
        return Long.MIN_VALUE | addressed(id, value, heapAddressBits);
    }

    /** Encodes an item that lies at {@code address} in the heap payload. */
    public static long addressed(int id, long address, int heapAddressBits) {
        if (id < 0 || (((long) id) >>> (63 - heapAddressBits)) != 0) {
            throw new IllegalArgumentException(
                    "item id 0x" + Integer.toHexString(id) + " does not fit SPEAD-64-" + heapAddressBits);
        }
        if (address >>> heapAddressBits != 0) {
            throw new IllegalArgumentException("value 0x" + Long.toHexString(address) + " does not fit the "
                    + heapAddressBits + " bits of item 0x" + Integer.toHexString(id));
        }
        return ((long) id << heapAddressBits) | address;
    }
}
