package org.spead.item;

import java.util.List;

/**
 * What a heap did to an {@link ItemGroup}. Immutable.
 *
 * @param updated items that have a new value, in the heap's order
 * @param descriptorsAdopted descriptors that made a new item or replaced one
 * @param descriptorsDropped descriptor items that could not be read; the rest of the heap was still used
 * @param unknownItems items that no descriptor has been seen for; they were skipped
 * @param fault why the update stopped early, or {@link ItemFault#NONE}
 * @param faultItemId the item or descriptor it stopped at; 0 when there was no fault
 */
public record ItemUpdate(
        List<Item> updated,
        int descriptorsAdopted,
        int descriptorsDropped,
        int unknownItems,
        ItemFault fault,
        int faultItemId) {

    public ItemUpdate {
        updated = List.copyOf(updated);
    }

    /** Whether everything in the heap that has a descriptor was taken over. */
    public boolean isComplete() {
        return fault == ItemFault.NONE;
    }
}
