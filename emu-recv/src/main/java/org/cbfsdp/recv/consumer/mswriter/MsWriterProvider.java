package org.cbfsdp.recv.consumer.mswriter;

import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerProvider;

/** Announces the consumer {@code mswriter}. */
public final class MsWriterProvider implements ConsumerProvider {
    @Override
    public String name() {
        return "mswriter";
    }

    @Override
    public String description() {
        return "writes a Measurement Set (reception.outputfilename); needs a data model";
    }

    @Override
    public boolean needsTelescopeModel() {
        return true;
    }

    @Override
    public Consumer create() {
        return new MsWriterConsumer();
    }
}
