package org.spead.passthrough;

import java.io.IOException;
import java.util.List;
import org.spead.recv.HeapSink;
import org.spead.transport.PacketSink;

/** A transport from end to end: a sink for each substream, and whatever receives what goes in there. */
interface Road extends AutoCloseable {
    /** One sink a substream. */
    List<PacketSink> sinks();

    /** Called before anything is sent: what arrives of substream <i>i</i> goes to sink <i>i</i>. */
    void receive(List<? extends HeapSink> heaps) throws IOException;

    /** Called when everything was sent: waits for the end of every substream, or gives up waiting. */
    void await() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
