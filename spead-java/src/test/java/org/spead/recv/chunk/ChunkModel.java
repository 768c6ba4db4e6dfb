package org.spead.recv.chunk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The window of a lossy group written for clarity alone: sorted maps, nothing shared, nothing reused. The oracle of {@link
 * ChunkPropertyTest}.
 */
final class ChunkModel {
    private final int groupChunks;
    private final int[] memberChunks;
    private final boolean deliverEmpty;
    private final long[] memberTop;
    private final boolean[] ended;
    private final TreeMap<Long, boolean[]> open = new TreeMap<>();
    private long floor;
    private long top = -1;
    final List<String> delivered = new ArrayList<>();
    final long[] tooOld;

    ChunkModel(int groupChunks, int[] memberChunks, boolean deliverEmpty) {
        this.groupChunks = groupChunks;
        this.memberChunks = memberChunks.clone();
        this.deliverEmpty = deliverEmpty;
        this.memberTop = new long[memberChunks.length];
        this.ended = new boolean[memberChunks.length];
        this.tooOld = new long[memberChunks.length];
        Arrays.fill(memberTop, -1);
    }

    /** A heap of that member begins; whether it has a place. */
    boolean begin(int member, long id) {
        if (id < lowest(member)) {
            tooOld[member]++;
            return false;
        }
        memberTop[member] = Math.max(memberTop[member], id);
        if (id > top) {
            long from = id - groupChunks + 1;
            floor = Math.max(floor, from);
            for (long fresh = Math.max(Math.max(from, top + 1), 0); fresh <= id; fresh++) {
                open.put(fresh, new boolean[TestHeaps.CHUNK_HEAPS]);
            }
            top = id;
        }
        deliver();
        return true;
    }

    /** The rest of a heap that has a place arrives; whether it still has. */
    boolean goOn(int member, long id) {
        if (id < lowest(member)) {
            tooOld[member]++;
            return false;
        }
        return true;
    }

    void complete(long id, int index) {
        open.get(id)[index] = true;
    }

    void end(int member) {
        ended[member] = true;
        deliver();
    }

    private long lowest(int member) {
        return Math.max(floor, memberTop[member] - memberChunks[member] + 1);
    }

    private void deliver() {
        long done = Long.MAX_VALUE;
        for (int member = 0; member < memberTop.length; member++) {
            done = ended[member] ? done : Math.min(done, lowest(member));
        }
        while (!open.isEmpty() && open.firstKey() < done) {
            var chunk = open.pollFirstEntry();
            StringBuilder text = new StringBuilder().append(chunk.getKey()).append(' ');
            for (boolean present : chunk.getValue()) {
                text.append(present ? 1 : 0);
            }
            if (deliverEmpty || text.indexOf("1", text.indexOf(" ")) > 0) {
                delivered.add(text.toString());
            }
        }
    }
}
