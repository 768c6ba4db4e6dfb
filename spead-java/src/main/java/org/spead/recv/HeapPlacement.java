package org.spead.recv;

import java.nio.ByteBuffer;
import org.spead.packet.PacketHeader;

/**
 * A sink that is given payload packet by packet, to put it in its final place at once, rather than heaps.
 *
 * <p>Which packets belong to which heap, which are refused, when a heap is complete and when it is given up is decided as for
 * any stream, except that unsized heaps are refused. A heap is known by its slot, a number from 0 to before {@code maxHeaps *
 * substreams}; the slot's next {@link #begin} says that its previous heap has ended. A heap that is given up, or that stops
 * the stream, is never told as complete.
 *
 * <p>Called on the stream's receive thread. Packets are valid during the call.
 */
public interface HeapPlacement extends HeapSink {
    /** A heap begins in {@code slot} with this packet, the first that arrived; {@link #payload} follows with the same. */
    void begin(int slot, ByteBuffer block, PacketHeader header);

    /** The packet belongs to the heap in {@code slot}, and its payload overlaps none before. */
    void payload(int slot, ByteBuffer block, PacketHeader header);

    /** The heap in {@code slot} is complete. */
    void complete(int slot);

    /** Not called: a heap that is placed has no payload to hand over. */
    @Override
    default void heap(Heap heap) {
        heap.close();
        throw new IllegalStateException("a placement is given payload, not heaps");
    }
}
