package org.spead.recv.chunk;

import java.util.ArrayList;
import java.util.List;
import org.spead.WirePacket;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.transport.memory.MemoryLink;

/** A chunk stream without sockets or threads: packets are given, and the chunks that come of them kept as text and recycled. */
final class ChunkFixture {
    final MemoryLink link = new MemoryLink("link", 1000);
    final ChunkRings rings;
    final ChunkReceiveStream stream;
    final List<String> delivered = new ArrayList<>();
    final int chunks;

    ChunkFixture(ChunkConfig.Builder config) {
        this(TestHeaps.receive(0), config, 20);
    }

    ChunkFixture(ReceiveConfig.Builder receive, ChunkConfig.Builder config, int chunks) {
        this.chunks = chunks;
        this.rings = rings(chunks, OverflowPolicy.BLOCK);
        this.stream = ChunkReceiveStream.alone(receive.build(), config.build(), List.of(link.source()), rings, rings);
    }

    /** Rings that are never full, with that many chunks for test heaps. */
    static ChunkRings rings(int chunks, OverflowPolicy policy) {
        ChunkRings rings = new ChunkRings(new ChunkRing(chunks), new ChunkRing(chunks), policy);
        for (int i = 0; i < chunks; i++) {
            rings.addFreeChunk(TestHeaps.chunk());
        }
        return rings;
    }

    ChunkFixture give(WirePacket... packets) {
        for (WirePacket packet : packets) {
            TestHeaps.send(link.sink(), packet);
            stream.doWork();
            drain();
        }
        return this;
    }

    ChunkFixture giveChunk(long chunk) {
        return give(TestHeaps.heaps(chunk).toArray(new WirePacket[0]));
    }

    /** Ends by a stop item. */
    ChunkFixture end() {
        return give(WirePacket.stop(48, 0xFFFF_FFFFL));
    }

    long stat(ChunkStat stat) {
        return stream.stats().get(stat.statName());
    }

    private void drain() {
        Chunk chunk = rings.dataRing().poll();
        while (chunk != null) {
            delivered.add(TestHeaps.text(chunk));
            chunk.recycle();
            chunk = rings.dataRing().poll();
        }
    }
}
