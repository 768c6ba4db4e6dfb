package org.cbfsdp.net;

import java.nio.ByteBuffer;

/** {@code message_vector_jni.cpp}: one call moves a batch. */
final class MessageVectorJni {
    private MessageVectorJni() {}

    /** Fills slots of {@code data}; gives the number of messages, 0 when none came in time, or {@code -errno}. */
    static native int receive(
            int socket, int event, ByteBuffer data, ByteBuffer control, int slots, int slotBytes, long timeoutNanos);

    /**
     * Sends messages {@code first} to {@code end} - 1, the bodies of those that have one from {@code bodies}; gives how many left, 0
     * when the socket is full, or {@code -errno}.
     */
    static native int send(int socket, ByteBuffer data, ByteBuffer[] bodies, ByteBuffer control, int first, int end);
}
