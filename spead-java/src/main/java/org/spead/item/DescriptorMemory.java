package org.spead.item;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Remembers the descriptors of the last heap, byte for byte, so that those which are sent again in every heap cost one
 * comparison and no parsing. Bounded: at most {@link #MAX_ENTRIES} descriptors of {@link #MAX_BYTES} each are remembered,
 * any others are decoded anew. Confined to one thread.
 */
public final class DescriptorMemory {
    private static final int MAX_ENTRIES = 64;
    private static final int MAX_BYTES = 4096;

    private final DescriptorDecoder decoder = new DescriptorDecoder();
    private final List<Descriptor> decoded = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final byte[] scratch = new byte[MAX_BYTES];

    /**
     * The descriptors in the {@code position}-th descriptor item of a heap, if they are not known already.
     *
     * @return empty when nothing is new; the list is reused by the next call
     */
    public List<Descriptor> changed(int position, ByteBuffer payload, int offset, int length) {
        decoded.clear();
        if (position >= MAX_ENTRIES || length > MAX_BYTES) {
            decoder.decode(payload.slice(offset, length), decoded);
            decoded.forEach(descriptor -> forgetOthersOf(descriptor.id()));
            return decoded;
        }
        while (entries.size() <= position) {
            entries.add(new Entry());
        }
        Entry entry = entries.get(position);
        payload.get(offset, scratch, 0, length);
        if (entry.holds(scratch, length)) {
            return decoded;
        }
        decoder.decode(payload.slice(offset, length), decoded);
        for (Descriptor descriptor : decoded) {
            forgetOthersOf(descriptor.id());
        }
        entry.remember(scratch, length, decoded);
        return decoded;
    }

    private void forgetOthersOf(int id) {
        for (Entry entry : entries) {
            if (entry.describes(id)) {
                entry.bytes = null;
            }
        }
    }

    private static final class Entry {
        private byte[] bytes;
        private int[] ids = {};

        private boolean holds(byte[] other, int length) {
            return bytes != null && Arrays.equals(bytes, 0, bytes.length, other, 0, length);
        }

        private boolean describes(int id) {
            for (int known : ids) {
                if (known == id) {
                    return true;
                }
            }
            return false;
        }

        private void remember(byte[] source, int length, List<Descriptor> descriptors) {
            bytes = Arrays.copyOf(source, length);
            ids = descriptors.stream().mapToInt(Descriptor::id).toArray();
        }
    }
}
