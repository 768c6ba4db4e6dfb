package org.spead.recv.chunk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Memory for the payload of many heaps, with a flag for each heap that arrived. Filled again and again.
 *
 * <p>A chunk has one holder at a time: at first whoever made it, then a stream and its rings, then whoever takes it out of
 * the data ring, who gives it back with {@link #recycle()} (or by leaving a try block). Its methods are the holder's; used
 * by somebody who has given it back they throw. A thread that is handed a chunk sees all that was written into it.
 *
 * <p>Where no heap arrived the data, and the extra bytes, are whatever was there before.
 */
public final class Chunk implements AutoCloseable {
    /** {@link #chunkId()} of a chunk that has not been filled yet. */
    public static final long NO_ID = -1;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final AtomicBoolean held = new AtomicBoolean(true);
    private final AtomicBoolean outside = new AtomicBoolean();
    private final ByteBuffer memory;
    private final ByteBuffer extraMemory;
    private final ByteBuffer data;
    private final ByteBuffer extra;
    private final byte[] present;
    private long chunkId = NO_ID;
    private long streamId;
    private ChunkSource home;

    /** Allocates a chunk of {@code dataBytes} off-heap for {@code heaps} heaps, without extra bytes. */
    public Chunk(int dataBytes, int heaps) {
        this(ByteBuffer.allocateDirect(dataBytes), heaps, NOTHING);
    }

    /** Allocates a chunk of {@code dataBytes} off-heap for {@code heaps} heaps, with {@code extraBytes} for all of them. */
    public Chunk(int dataBytes, int heaps, int extraBytes) {
        this(ByteBuffer.allocateDirect(dataBytes), heaps, ByteBuffer.allocateDirect(extraBytes));
    }

    /**
     * Makes a chunk of memory that is there, all of it, and leaves it to the chunk.
     *
     * @param heaps flags of presence; with packet presence one for each packet
     */
    public Chunk(ByteBuffer data, int heaps, ByteBuffer extra) {
        this.memory = view(data);
        this.extraMemory = view(extra);
        this.data = view(data);
        this.extra = view(extra);
        this.present = new byte[heaps];
    }

    private static ByteBuffer view(ByteBuffer memory) {
        return memory.duplicate().clear().order(ByteOrder.BIG_ENDIAN);
    }

    /** The chunk's number in the sequence of its stream, from 0 on; numbers handed out grow, but some may be left out. */
    public long chunkId() {
        requireHeld();
        return chunkId;
    }

    /** The stream that filled the chunk; of a group, one of its streams. */
    public long streamId() {
        requireHeld();
        return streamId;
    }

    /** The payload: big-endian, from 0 to its capacity; position, limit and order are the holder's to change. */
    public ByteBuffer data() {
        requireHeld();
        return data;
    }

    /** What the placement wrote beside the payload; big-endian, of capacity 0 when the chunk was made without. */
    public ByteBuffer extra() {
        requireHeld();
        return extra;
    }

    /** Flags of presence: places for heaps, or for packets with packet presence. */
    public int heapCount() {
        return present.length;
    }

    /** Whether heap {@code index} has arrived, all of it. */
    public boolean isPresent(int index) {
        requireHeld();
        return present[index] != 0;
    }

    /** How many heaps have arrived. */
    public int presentHeaps() {
        requireHeld();
        int count = 0;
        for (byte flag : present) {
            count += flag;
        }
        return count;
    }

    /** Forgets which heaps have arrived; streams expect that of a chunk, and the rings see to it. */
    public void clearPresence() {
        requireHeld();
        Arrays.fill(present, (byte) 0);
    }

    /** Gives the chunk back to where the stream had it from. Does nothing when it has been given back, or never filled. */
    public void recycle() {
        ChunkSource from = home;
        if (from != null && held.compareAndSet(true, false)) {
            Arrays.fill(present, (byte) 0);
            from.takeBack(this);
        }
    }

    /** {@link #recycle()}. */
    @Override
    public void close() {
        recycle();
    }

    /** Notes that a consumer has the chunk, or will; says whether nobody had noted it before. */
    boolean enterOutside() {
        return outside.compareAndSet(false, true);
    }

    /** Notes that no consumer has it any more; says whether one had. */
    boolean leaveOutside() {
        return outside.compareAndSet(true, false);
    }

    /** From now on nobody's but the library's. */
    void surrender() {
        if (!held.compareAndSet(true, false)) {
            throw new IllegalStateException("a chunk was given to a ring by somebody who does not hold it");
        }
        Arrays.fill(present, (byte) 0);
    }

    /** Begins to be filled. */
    void begin(long id, long stream, ChunkSource from) {
        held.setPlain(false);
        chunkId = id;
        streamId = stream;
        home = from;
    }

    /** Is full; from now on its next holder's. */
    void handOver() {
        data.clear().order(ByteOrder.BIG_ENDIAN);
        extra.clear().order(ByteOrder.BIG_ENDIAN);
        held.setRelease(true);
    }

    boolean holds(long heapIndex, int flags, long heapOffset, long heapBytes) {
        return heapIndex >= 0
                && heapIndex <= present.length - flags
                && heapOffset >= 0
                && heapOffset <= memory.capacity() - heapBytes;
    }

    boolean holdsExtra(long offset, int bytes) {
        return offset >= 0 && offset <= extraMemory.capacity() - bytes;
    }

    void put(int offset, ByteBuffer block, int position, int bytes) {
        memory.put(offset, block, position, bytes);
    }

    void putExtra(int offset, ByteBuffer bytes, int length) {
        extraMemory.put(offset, bytes, 0, length);
    }

    void markPresent(int index) {
        present[index] = 1;
    }

    private void requireHeld() {
        if (!held.get()) {
            throw new IllegalStateException("a chunk was used by somebody who does not hold it (any more)");
        }
    }
}
