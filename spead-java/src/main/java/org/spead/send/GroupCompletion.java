package org.spead.send;

import java.io.IOException;
import java.util.List;

/** Told when all heaps of a group have left the stream, sent or not. Called on the stream's thread; should return soon. */
@FunctionalInterface
public interface GroupCompletion {
    /** For those who do not want to know. */
    GroupCompletion NONE = (heaps, bytesSent, error) -> {};

    /**
     * The stream no longer uses any heap of the group; they may be changed and offered again.
     *
     * @param heaps the group as it was offered
     * @param bytesSent bytes of packets that the sinks have taken of all its heaps, headers included
     * @param error the first error met with any of its heaps, null when all of them were taken
     */
    void onGroupDone(List<HeapReference> heaps, long bytesSent, IOException error);
}
