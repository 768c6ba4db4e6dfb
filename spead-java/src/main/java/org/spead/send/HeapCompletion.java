package org.spead.send;

import java.io.IOException;

/** Told when a heap has left the stream, sent or not. Called on the stream's thread; should hand over and return. */
@FunctionalInterface
public interface HeapCompletion {
    /** For those who do not want to know. */
    HeapCompletion NONE = (heap, bytesSent, error) -> {};

    /**
     * The stream no longer uses the heap; it may be changed and offered again.
     *
     * @param bytesSent bytes of packets that the sink has taken, headers included
     * @param error the first error met with this heap, null when all of it was taken
     */
    void onHeapDone(SendHeap heap, long bytesSent, IOException error);
}
