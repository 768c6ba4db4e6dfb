package org.spead.recv;

import java.nio.ByteBuffer;

/**
 * Payload that lies too far ahead in its heap for memory up to there to be committed: kept back to back, each piece behind
 * its place and length, until more of the heap has arrived. Takes memory in proportion to what it keeps. Confined to the
 * receive thread.
 */
final class StrayPayload {
    private static final int PREFIX_BYTES = Long.BYTES + Integer.BYTES;
    private static final int FIRST_BYTES = 1 << 14;

    private ByteBuffer store;
    private int used;
    private long end;

    /** The end of the furthest piece in the heap; 0 when there is none. */
    long end() {
        return end;
    }

    /** Makes room for a piece; false when there is no memory. */
    boolean reserve(int length, BufferPool pool) {
        int capacity = store == null ? 0 : store.capacity();
        long needed = (long) used + PREFIX_BYTES + length;
        if (needed <= capacity) {
            return true;
        }
        long wanted = Math.max(needed, Math.max(FIRST_BYTES, 2L * capacity));
        ByteBuffer larger = wanted > Integer.MAX_VALUE ? null : pool.acquire((int) wanted);
        if (larger == null) {
            return false;
        }
        if (store != null) {
            larger.put(0, store, 0, used);
            pool.release(store);
        }
        store = larger;
        return true;
    }

    /** Keeps a piece for which there is room. */
    void add(long offset, ByteBuffer block, int position, int length) {
        store.putLong(used, offset);
        store.putInt(used + Long.BYTES, length);
        store.put(used + PREFIX_BYTES, block, position, length);
        used += PREFIX_BYTES + length;
        end = Math.max(end, offset + length);
    }

    /** Puts all pieces in their places, and forgets them. */
    void moveTo(ByteBuffer payload, BufferPool pool) {
        for (int at = 0; at < used; ) {
            int length = store.getInt(at + Long.BYTES);
            payload.put((int) store.getLong(at), store, at + PREFIX_BYTES, length);
            at += PREFIX_BYTES + length;
        }
        drop(pool);
    }

    /** Forgets all pieces. */
    void drop(BufferPool pool) {
        if (store != null) {
            pool.release(store);
            store = null;
        }
        used = 0;
        end = 0;
    }
}
