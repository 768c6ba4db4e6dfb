package org.spead.item;

/**
 * A descriptor that describes nothing usable. Thrown to those who write descriptors themselves; what arrives from the
 * network is reported as an {@link ItemFault} instead (see {@link ItemGroup#update}).
 */
public final class ItemFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final ItemFault fault;

    ItemFormatException(ItemFault fault, String detail) {
        super(fault.text() + ": " + detail);
        this.fault = fault;
    }

    /** What is wrong, by name. */
    public ItemFault fault() {
        return fault;
    }
}
