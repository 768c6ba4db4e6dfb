package org.cbfsdp.icd;

import org.spead.item.NumpyHeader;
import org.spead.item.NumpyType;

/**
 * The scalar items of the interface, in the order in which they are sent.
 *
 * <p>All are unsigned little-endian numpy scalars of shape (). The correlator output itself is
 * {@link CorrelatorOutputLayout}. Items 0x600B to 0x6015 belong to later revisions whose types are not public: they are
 * received and ignored, never sent.
 */
public enum IcdItem {
    TIMESTAMP_COUNT(0x6000, "visibility_timestamp_count", 4),
    TIMESTAMP_FRACTION(0x6001, "visibility_timestamp_fraction", 4),
    CHANNEL_ID(0x6002, "visibility_channel_id", 4),
    CHANNEL_COUNT(0x6003, "visibility_channel_count", 4),
    POLARISATION_ID(0x6004, "visibility_polarisation_id", 4),
    BASELINE_COUNT(0x6005, "visibility_baseline_count", 4),
    PHASE_BIN_ID(0x6006, "visibility_phase_bin_id", 2),
    PHASE_BIN_COUNT(0x6007, "visibility_phase_bin_count", 2),
    SCAN_ID(0x6008, "scan_id", 8),
    HARDWARE_ID(0x6009, "visibility_hardware_id", 4);

    /** Identifier of the first scalar; the others follow without a gap. */
    static final int FIRST_ID = 0x6000;

    /** Identifier of the last item of any revision. */
    private static final int LAST_ID = 0x6015;

    private static final int COUNT = values().length;

    private final int id;
    private final String itemName;
    private final int bytes;

    IcdItem(int id, String itemName, int bytes) {
        this.id = id;
        this.itemName = itemName;
        this.bytes = bytes;
    }

    /** Identifier of the item. */
    public int id() {
        return id;
    }

    /**
     * Whether a heap tells by it what it is: when, which channels and baselines, which scan. The others are the same throughout
     * a transmission.
     */
    boolean placesTheHeap() {
        return switch (this) {
            case TIMESTAMP_COUNT, TIMESTAMP_FRACTION, CHANNEL_ID, CHANNEL_COUNT, BASELINE_COUNT, SCAN_ID -> true;
            case POLARISATION_ID, PHASE_BIN_ID, PHASE_BIN_COUNT, HARDWARE_ID -> false;
        };
    }

    String itemName() {
        return itemName;
    }

    /** Width of the value in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Place among the scalars, whatever the identifiers of a message may be: 0 to 9, or -1 for any other item. */
    static int indexOf(int id) {
        int index = id - FIRST_ID;
        return index >= 0 && index < COUNT ? index : -1;
    }

    /** Whether an item belongs to the interface in any revision, the correlator output included. */
    static boolean isOfInterface(int id) {
        return id >= FIRST_ID && id <= LAST_ID;
    }

    /** The type as the interface has it. */
    NumpyHeader numpyHeader() {
        return NumpyHeader.of(NumpyType.scalar('<', 'u', bytes));
    }
}
