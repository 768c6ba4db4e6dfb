package org.cbfsdp.recv.dump;

import java.util.ArrayList;
import java.util.List;
import org.spead.item.BugCompat;
import org.spead.item.Descriptor;
import org.spead.item.Item;
import org.spead.item.ItemFault;
import org.spead.item.ItemFormatException;
import org.spead.item.ItemGroup;
import org.spead.item.ItemUpdate;
import org.spead.item.RawItem;

/** What the items of a heap that could not be taken as a whole are by themselves. Stateless. */
final class ItemsOneByOne {
    private ItemsOneByOne() {}

    /**
     * One item on its own.
     *
     * @param item with its value; null when there is a fault
     * @param fault of the descriptor when {@code descriptorFault}, else of the value
     */
    record Result(Descriptor descriptor, Item item, ItemFault fault, boolean descriptorFault) {}

    /** One result for each descriptor that is of no use, or that the heap has an item for. */
    static List<Result> of(List<Descriptor> descriptors, List<RawItem> items, BugCompat bugCompat) {
        List<Result> results = new ArrayList<>();
        for (Descriptor descriptor : descriptors) {
            ItemGroup group = new ItemGroup(bugCompat);
            Item item;
            try {
                item = group.add(descriptor);
            } catch (ItemFormatException e) {
                results.add(new Result(descriptor, null, e.fault(), true));
                continue;
            }
            for (RawItem raw : items) {
                if (raw.id() == descriptor.id()) {
                    ItemUpdate update = group.update(List.of(raw));
                    results.add(new Result(descriptor, update.isComplete() ? item : null, update.fault(), false));
                }
            }
        }
        return results;
    }
}
