package org.spead.recv;

import java.nio.ByteBuffer;
import org.spead.packet.PacketHeader;

/**
 * A heap under assembly without payload memory: each accepted packet's payload goes where a {@link HeapPlacement} wants it.
 * Confined to the receive thread.
 */
final class PlacedLiveHeap extends LiveHeap {
    private final HeapPlacement placement;
    private boolean begun;

    PlacedLiveHeap(int slot, HeapPlacement placement) {
        super(slot);
        this.placement = placement;
    }

    @Override
    void begin(PacketHeader header) {
        super.begin(header);
        begun = false;
    }

    @Override
    boolean reserve(PacketHeader header, BufferPool pool, long provenBytes, int maxBytes) {
        return true;
    }

    @Override
    void put(ByteBuffer block, PacketHeader header) {
        if (!begun) {
            begun = true;
            placement.begin(slot(), block, header);
        }
        placement.payload(slot(), block, header);
    }
}
