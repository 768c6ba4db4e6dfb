package org.spead.item;

import java.util.Objects;

/**
 * A SPEAD-64 flavour: 64-bit item pointers, divided between item identifier and heap address. Immutable.
 *
 * <p>An item pointer holds one mode bit, {@code 63 - heapAddressBits} bits of identifier and {@code heapAddressBits} of
 * address or immediate value (SPEAD protocol, section 3, "Item pointers"). In the packet header both widths are given in
 * bytes, the identifier's including the mode bit.
 *
 * @param heapAddressBits a multiple of 8 from 8 to 56
 * @param bugCompat old mistakes in descriptors; not in the packets, so a receiver is told it by its configuration
 */
public record Flavour(int heapAddressBits, BugCompat bugCompat) {
    /** SPEAD-64-40, what most senders use when nothing is said. */
    public static final Flavour SPEAD_64_40 = new Flavour(40);

    /** SPEAD-64-48, the flavour of the CSP-SDP interface. */
    public static final Flavour SPEAD_64_48 = new Flavour(48);

    /** The only protocol version there is. */
    public static final int VERSION = 4;

    /** First byte of every packet. */
    public static final int MAGIC = 0x53;

    /** Width of an item pointer. */
    public static final int ITEM_POINTER_BITS = 64;

    private static final Flavour[] BY_ADDRESS_BYTES = new Flavour[8];

    static {
        for (int bytes = 1; bytes < BY_ADDRESS_BYTES.length; bytes++) {
            BY_ADDRESS_BYTES[bytes] = new Flavour(bytes * 8);
        }
    }

    public Flavour {
        if (heapAddressBits < 8 || heapAddressBits > 56 || heapAddressBits % 8 != 0) {
            throw new IllegalArgumentException(
                    "heap address width must be a multiple of 8 from 8 to 56 bits, not " + heapAddressBits);
        }
        Objects.requireNonNull(bugCompat, "bugCompat");
    }

    /** A flavour without old mistakes. */
    public Flavour(int heapAddressBits) {
        this(heapAddressBits, BugCompat.NONE);
    }

    /** The shared instance with addresses of {@code addressBytes} bytes, 1 to 7; makes no garbage. */
    public static Flavour ofAddressBytes(int addressBytes) {
        if (addressBytes < 1 || addressBytes > 7) {
            throw new IllegalArgumentException("heap addresses have 1 to 7 bytes, not " + addressBytes);
        }
        return BY_ADDRESS_BYTES[addressBytes];
    }

    /** Width of a heap address, and of an immediate value, in bytes. */
    public int heapAddressBytes() {
        return heapAddressBits / 8;
    }

    /** Width of the identifier field in bytes as the packet header states it: with the mode bit. */
    public int itemIdBytes() {
        return 8 - heapAddressBytes();
    }

    /** Largest item identifier. */
    public int maxItemId() {
        long max = (1L << (63 - heapAddressBits)) - 1;
        return (int) Math.min(max, Integer.MAX_VALUE);
    }

    /** Largest heap address, immediate value and heap count. */
    public long maxAddress() {
        return (1L << heapAddressBits) - 1;
    }

    /** {@code SPEAD-64-48} and the like; old mistakes, if any, follow as {@code +7}. */
    @Override
    public String toString() {
        return "SPEAD-64-" + heapAddressBits + (bugCompat.equals(BugCompat.NONE) ? "" : "+" + bugCompat);
    }
}
