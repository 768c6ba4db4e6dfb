package org.spead.recv.chunk;

import java.nio.ByteBuffer;
import java.util.List;
import org.spead.packet.PacketHeader;
import org.spead.recv.HeapPlacement;
import org.spead.recv.StatDeclaration;
import org.spead.recv.StatRecorder;

/**
 * Puts the payload of one stream's heaps into chunks. Confined to the receive thread, except for {@link #stop()}.
 */
final class ChunkFiller implements HeapPlacement {
    /** Chunk number of a heap whose payload goes nowhere. */
    private static final long NOWHERE = -1;

    private final ChunkPlacement placement;
    private final int packetPresenceBytes;
    private final MemberWindow window;
    private final SharedWindow shared;
    private final Runnable stopAll;
    private final int[] statIndices = new int[ChunkStat.values().length];
    private final HeapPlace place;
    private final long[] chunkIds;
    private final int[] heapIndices;
    private final int[] heapOffsets;
    private StatRecorder recorder;
    private long pauses;

    /**
     * Makes the filler of a stream with that many slots.
     *
     * @param stopAll stops all streams of the window; called by any thread
     */
    ChunkFiller(ChunkConfig config, int slots, MemberWindow window, SharedWindow shared, Runnable stopAll) {
        this.placement = config.placement();
        this.packetPresenceBytes = config.packetPresenceBytes();
        this.window = window;
        this.shared = shared;
        this.stopAll = stopAll;
        int[] items = config.items().stream().mapToInt(Integer::intValue).toArray();
        this.place = new HeapPlace(items, config.maxHeapExtra(), names(config.customStats()));
        this.chunkIds = new long[slots];
        this.heapIndices = new int[slots];
        this.heapOffsets = new int[slots];
    }

    private static String[] names(List<StatDeclaration> stats) {
        return stats.stream().map(StatDeclaration::name).toArray(String[]::new);
    }

    /** What is under way has been taken; others may evict. */
    void pause() {
        window.leave();
    }

    @Override
    public void recordsTo(StatRecorder stats) {
        recorder = stats;
        for (ChunkStat stat : ChunkStat.values()) {
            statIndices[stat.index()] = stats.indexOf(stat.statName());
        }
        place.recordsTo(stats);
    }

    @Override
    public void begin(int slot, ByteBuffer block, PacketHeader header) {
        chunkIds[slot] = NOWHERE;
        place.read(block, header);
        placement.place(place);
        long id = place.chunkId();
        if (id == Chunk.NO_ID || id == Long.MAX_VALUE) {
            count(ChunkStat.REJECTED_HEAPS);
            return;
        }
        if (id < 0) {
            count(ChunkStat.TOO_OLD_HEAPS);
            return;
        }
        Chunk chunk = window.obtain(id);
        if (chunk == null) {
            count(window.isPassed(id) ? ChunkStat.TOO_OLD_HEAPS : ChunkStat.NO_CHUNK_HEAPS);
        } else if (!place.fits(chunk, flags())) {
            count(ChunkStat.REJECTED_HEAPS);
        } else {
            chunkIds[slot] = id;
            heapIndices[slot] = (int) place.heapIndex();
            heapOffsets[slot] = (int) place.heapOffset();
            place.copyExtra(chunk);
        }
    }

    @Override
    public void payload(int slot, ByteBuffer block, PacketHeader header) {
        Chunk chunk = chunk(slot);
        if (chunk == null) {
            return;
        }
        int offset = (int) header.payloadOffset();
        chunk.put(heapOffsets[slot] + offset, block, header.payloadPosition(), header.payloadLength());
        if (packetPresenceBytes > 0 && header.payloadLength() > 0) {
            chunk.markPresent(heapIndices[slot] + offset / packetPresenceBytes);
        }
    }

    @Override
    public void complete(int slot) {
        Chunk chunk = chunk(slot);
        if (chunk != null && packetPresenceBytes == 0) {
            chunk.markPresent(heapIndices[slot]);
        }
    }

    @Override
    public boolean hasRoom() {
        boolean room = shared.hasRoom();
        pauses += room ? 0 : 1;
        return room;
    }

    @Override
    public void endOfStream() {
        window.leave();
        shared.end(window);
    }

    @Override
    public void stop() {
        stopAll.run();
    }

    @Override
    public long blockedCount() {
        return window.blocked() + pauses;
    }

    @Override
    public long droppedHeaps() {
        return window.dropped();
    }

    /** The chunk of the heap in that slot; {@code null} when it has no place or its chunk has meanwhile left the window. */
    private Chunk chunk(int slot) {
        long id = chunkIds[slot];
        if (id == NOWHERE) {
            return null;
        }
        window.enter();
        if (window.isPassed(id)) {
            chunkIds[slot] = NOWHERE;
            count(ChunkStat.TOO_OLD_HEAPS);
            return null;
        }
        return window.held(id);
    }

    private void count(ChunkStat stat) {
        recorder.record(statIndices[stat.index()], 1);
    }

    /** How many flags of presence the heap at hand has. */
    private int flags() {
        if (packetPresenceBytes == 0) {
            return 1;
        }
        long packets = (place.heapLength() + packetPresenceBytes - 1) / packetPresenceBytes;
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, packets));
    }
}
