package org.cbfsdp.recv.consumer.discard;

import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.payload.VisibilityDump;

/** Takes every dump and keeps none; the reception's own report counts them. */
final class DiscardConsumer implements Consumer {
    @Override
    public void start(ConsumerContext context) {}

    @Override
    public void consume(VisibilityDump dump, boolean endOfBatch) {}

    @Override
    public void close() {}
}
