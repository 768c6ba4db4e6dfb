package org.cbfsdp.icd;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Read-only views of the correlator outputs in the buffers that heaps circulate in: a buffer that comes again with its output
 * at the same place is shown by the same view, as if it were new. Confined to one thread.
 *
 * <p>Views are held weakly: what is in use is held by its payload, and a buffer that its pool has given up must not be kept
 * by a view of it. So a view is made once a buffer and collection, not once a heap.
 */
final class PayloadViews {
    /** A power of two; half of it is used before it is emptied. */
    private static final int SLOTS = 8192;

    private final Entry[] table = new Entry[SLOTS];
    private int used;

    /** The bytes of {@code buffer} from {@code offset}, as a buffer of their own that cannot be written. */
    ByteBuffer of(ByteBuffer buffer, int offset, int length) {
        int slot = System.identityHashCode(buffer) & (SLOTS - 1);
        while (table[slot] != null) {
            Entry entry = table[slot];
            if (entry.refersTo(buffer)) {
                return entry.view(buffer, offset, length);
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        if (++used > SLOTS / 2) {
            Arrays.fill(table, null);
            used = 1;
            slot = System.identityHashCode(buffer) & (SLOTS - 1);
        }
        table[slot] = new Entry(buffer);
        return table[slot].view(buffer, offset, length);
    }

    /** Refers to a buffer, and to the last view that was made of it. */
    private static final class Entry extends WeakReference<ByteBuffer> {
        private WeakReference<ByteBuffer> view;
        private int offset;

        private Entry(ByteBuffer buffer) {
            super(buffer);
        }

        private ByteBuffer view(ByteBuffer buffer, int from, int length) {
            ByteBuffer known = view == null ? null : view.get();
            if (known == null || offset != from || known.capacity() != length) {
                known = buffer.slice(from, length).asReadOnlyBuffer();
                view = new WeakReference<>(known);
                offset = from;
            }
            // Whoever had it before may have moved its position and limit, and set its byte order.
            return known.clear().order(ByteOrder.BIG_ENDIAN);
        }
    }
}
