package org.spead.recv;

import java.nio.ByteBuffer;
import java.util.Random;
import org.spead.transport.ByteSource;

/** Bytes that come in pieces of random sizes, now and then none at all. */
final class PiecewiseSource implements ByteSource {
    private final byte[] bytes;
    private final Random random;
    private final int maxPieceBytes;
    private int position;

    PiecewiseSource(byte[] bytes, long seed, int maxPieceBytes) {
        this.bytes = bytes;
        this.random = new Random(seed);
        this.maxPieceBytes = maxPieceBytes;
    }

    @Override
    public int read(ByteBuffer into, long timeoutNanos) {
        if (position == bytes.length) {
            return END;
        }
        // As often a few bytes as many.
        int most = 1 << random.nextInt(Integer.numberOfTrailingZeros(Integer.highestOneBit(maxPieceBytes)) + 1);
        int count = Math.min(random.nextInt(most + 1), Math.min(into.remaining(), bytes.length - position));
        into.put(bytes, position, count);
        position += count;
        return count;
    }

    @Override
    public String describe() {
        return "pieces";
    }

    @Override
    public void close() {}
}
