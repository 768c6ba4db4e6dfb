package org.casacore;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Direct native-order buffers. */
final class Buffers {
    private Buffers() {}

    static ByteBuffer direct(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }

    static ByteBuffer direct(byte[] content) {
        return direct(content.length).put(content).flip();
    }

    static byte[] content(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
