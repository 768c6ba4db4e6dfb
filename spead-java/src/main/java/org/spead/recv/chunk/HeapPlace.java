package org.spead.recv.chunk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.spead.item.ItemPointer;
import org.spead.packet.PacketDecoder;
import org.spead.packet.PacketHeader;
import org.spead.recv.StatRecorder;

/**
 * What is known of a heap that begins, and where it is to go: a flyweight that is filled again and again. Confined to the
 * receive thread; it makes no garbage.
 */
public final class HeapPlace {
    /** {@link #item} of an item that the packet does not have as an immediate. */
    public static final long ABSENT = -1;

    private final int[] itemIds;
    private final long[] items;
    private final ByteBuffer extra;
    private final String[] statNames;
    private final int[] statIndices;
    private StatRecorder recorder;
    private long heapLength;
    private int packetBytes;
    private long chunkId;
    private long heapIndex;
    private long heapOffset;
    private long extraOffset;
    private int extraBytes;

    HeapPlace(int[] itemIds, int maxHeapExtra, String[] statNames) {
        this.itemIds = itemIds;
        this.items = new long[itemIds.length];
        this.extra = ByteBuffer.allocate(maxHeapExtra).order(ByteOrder.BIG_ENDIAN);
        this.statNames = statNames;
        this.statIndices = new int[statNames.length];
    }

    /** Where {@link #record} records. */
    void recordsTo(StatRecorder stats) {
        recorder = stats;
        for (int i = 0; i < statNames.length; i++) {
            statIndices[i] = stats.indexOf(statNames[i]);
        }
    }

    /** The value of item {@code index} of {@link ChunkConfig#items()}, unsigned, or {@link #ABSENT}; of several the last. */
    public long item(int index) {
        return items[index];
    }

    /** Bytes of heap payload, from 0 on. */
    public long heapLength() {
        return heapLength;
    }

    /** Bytes of the packet, headers included. */
    public int packetBytes() {
        return packetBytes;
    }

    /**
     * Puts the heap somewhere.
     *
     * @param chunk number of the chunk, from 0 to 2<sup>63</sup> - 2; -1 rejects the heap, any other negative one is too old
     * @param index which of the chunk's flags of presence is the heap's (with packet presence: its first packet's)
     * @param offsetBytes where its payload begins in the chunk; a heap that does not fit there is rejected
     */
    public void place(long chunk, long index, long offsetBytes) {
        chunkId = chunk;
        heapIndex = index;
        heapOffset = offsetBytes;
    }

    /** Memory for side data of the heap: {@link ChunkConfig#maxHeapExtra()} bytes, big-endian, to be written at absolute positions. */
    public ByteBuffer extra() {
        return extra;
    }

    /** Has the first {@code bytes} of {@link #extra()} copied to {@code offsetBytes} of the chunk's extra bytes. */
    public void placeExtra(long offsetBytes, int bytes) {
        extraOffset = offsetBytes;
        extraBytes = bytes;
    }

    /** Adds to, or raises, custom statistic {@code index} of {@link ChunkConfig#customStats()}. */
    public void record(int index, long amount) {
        recorder.record(statIndices[index], amount);
    }

    void read(ByteBuffer block, PacketHeader header) {
        heapLength = header.heapLength();
        packetBytes = PacketDecoder.HEADER_BYTES + Long.BYTES * header.pointerCount() + header.payloadLength();
        chunkId = Chunk.NO_ID;
        heapIndex = 0;
        heapOffset = 0;
        extraBytes = 0;
        Arrays.fill(items, ABSENT);
        int addressBits = header.heapAddressBits();
        for (int i = 0; i < header.pointerCount(); i++) {
            long pointer = header.pointer(block, i);
            if (ItemPointer.isImmediate(pointer)) {
                int id = ItemPointer.id(pointer, addressBits);
                for (int item = 0; item < itemIds.length; item++) {
                    if (itemIds[item] == id) {
                        items[item] = ItemPointer.value(pointer, addressBits);
                    }
                }
            }
        }
    }

    long chunkId() {
        return chunkId;
    }

    long heapIndex() {
        return heapIndex;
    }

    long heapOffset() {
        return heapOffset;
    }

    /** Whether the chunk has room for what is to be placed. */
    boolean fits(Chunk chunk, int flags) {
        return chunk.holds(heapIndex, flags, heapOffset, heapLength)
                && extraBytes >= 0
                && extraBytes <= extra.capacity()
                && (extraBytes == 0 || chunk.holdsExtra(extraOffset, extraBytes));
    }

    void copyExtra(Chunk chunk) {
        if (extraBytes > 0) {
            chunk.putExtra((int) extraOffset, extra, extraBytes);
        }
    }
}
