package org.spead.transport;

import java.io.IOException;

/** A source that hands everything on to another; tests override what they want otherwise. */
public abstract class ForwardingSource implements PacketSource {
    private final PacketSource source;

    protected ForwardingSource(PacketSource source) {
        this.source = source;
    }

    @Override
    public PacketBatch newBatch() {
        return source.newBatch();
    }

    @Override
    public int receive(PacketBatch batch, long timeoutNanos) throws IOException {
        return source.receive(batch, timeoutNanos);
    }

    @Override
    public String describe() {
        return source.describe();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
