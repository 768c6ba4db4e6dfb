package org.spead.recv.chunk;

/**
 * Says where a heap belongs, from the first of its packets that arrived.
 *
 * <p>Called on the receive thread once for each heap that begins, also those that carry no data, such as descriptors or a
 * stop item: a placement knows its own by their items and length, and leaves others without a place. It must not
 * keep the {@link HeapPlace}, wait, or throw: what throws ends the stream. With packets out of order the
 * items may be in a packet that comes later, unless the sender repeats them in each.
 */
@FunctionalInterface
public interface ChunkPlacement {
    /** Reads what is known of the heap, and sets its place; a heap whose place is not set is rejected and counted. */
    void place(HeapPlace heap);
}
