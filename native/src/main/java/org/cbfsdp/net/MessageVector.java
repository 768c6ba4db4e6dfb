package org.cbfsdp.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What one system call moves: for each message its range of the caller's block, and how it is cut into datagrams; of a message
 * to be sent perhaps a body, too, which follows and lies in memory of its own.
 *
 * <p>One off-heap block that both sides of the native boundary read and write, so that nothing but the bodies crosses besides: 16
 * bytes that tell of drops (2 {@code int}, 2 spare), then 24 a message (offset, length, segment, flags, offset and length of the
 * body, an {@code int} each, native byte order). A message of {@code length} bytes with a segment is datagrams of {@code segment}
 * bytes back to back, of which the last may be shorter. Confined to one thread; reused for ever.
 */
public final class MessageVector {
    /** Most messages in one call; the native side keeps as many headers on its stack. */
    public static final int MAX_MESSAGES = 64;

    private static final int HEADER_BYTES = 16;
    private static final int MESSAGE_BYTES = 24;
    private static final int DROPS_SEEN = 0;
    private static final int DROPS = 4;
    private static final int OFFSET = 0;
    private static final int LENGTH = 4;
    private static final int SEGMENT = 8;
    private static final int FLAGS = 12;
    private static final int BODY_OFFSET = 16;
    private static final int BODY_LENGTH = 20;
    private static final int TRUNCATED = 1;

    private final ByteBuffer block;
    private final ByteBuffer[] bodies;
    private final int capacity;
    private int count;

    /**
     * Allocates the block.
     *
     * @param capacity most messages, 1 to {@link #MAX_MESSAGES}
     */
    public MessageVector(int capacity) {
        if (capacity < 1 || capacity > MAX_MESSAGES) {
            throw new IllegalArgumentException("capacity must be from 1 to " + MAX_MESSAGES + ", not " + capacity);
        }
        this.capacity = capacity;
        this.bodies = new ByteBuffer[capacity];
        this.block = ByteBuffer.allocateDirect(HEADER_BYTES + capacity * MESSAGE_BYTES)
                .order(ByteOrder.nativeOrder());
    }

    /** Most messages. */
    public int capacity() {
        return capacity;
    }

    /** Messages held. */
    public int count() {
        return count;
    }

    /** Whether no other message can be added. */
    public boolean isFull() {
        return count == capacity;
    }

    /** Forgets all messages. */
    public void clear() {
        Arrays.fill(bodies, 0, count, null);
        count = 0;
    }

    /**
     * Appends a message to be sent.
     *
     * @param segment bytes of each datagram but the last, or 0 for a single one
     */
    public void add(int offset, int length, int segment) {
        if (isFull()) {
            throw new IllegalStateException("there is room for " + capacity + " messages");
        }
        int at = at(count);
        block.putInt(at + OFFSET, offset);
        block.putInt(at + LENGTH, length);
        block.putInt(at + SEGMENT, segment);
        block.putInt(at + FLAGS, 0);
        block.putInt(at + BODY_LENGTH, 0);
        count++;
    }

    /**
     * Appends a message of a single datagram to be sent, the end of which lies elsewhere.
     *
     * @param body direct; its position and limit are not used; kept until the vector is cleared
     */
    public void add(int offset, int length, ByteBuffer body, int bodyOffset, int bodyLength) {
        int index = count;
        add(offset, length, 0);
        bodies[index] = body;
        block.putInt(at(index) + BODY_OFFSET, bodyOffset);
        block.putInt(at(index) + BODY_LENGTH, bodyLength);
    }

    /** Where message {@code index} begins in the caller's block. */
    public int offset(int index) {
        return block.getInt(at(index) + OFFSET);
    }

    /** Bytes of message {@code index} in the caller's block, all its datagrams together. */
    public int length(int index) {
        return block.getInt(at(index) + LENGTH);
    }

    /** Bytes of each datagram of message {@code index} but the last; 0 when it is a single one. */
    public int segment(int index) {
        return block.getInt(at(index) + SEGMENT);
    }

    /** Whether the slot was too short for message {@code index}, and the end of it is lost. */
    public boolean isTruncated(int index) {
        return (block.getInt(at(index) + FLAGS) & TRUNCATED) != 0;
    }

    ByteBuffer block() {
        return block;
    }

    /** By message; null where there is none. */
    ByteBuffer[] bodies() {
        return bodies;
    }

    void received(int messages) {
        count = messages;
    }

    boolean toldDrops() {
        return block.getInt(DROPS_SEEN) != 0;
    }

    int drops() {
        return block.getInt(DROPS);
    }

    private static int at(int index) {
        return HEADER_BYTES + index * MESSAGE_BYTES;
    }
}
