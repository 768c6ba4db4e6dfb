package org.cbfsdp.recv.consumer.discard;

import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerProvider;

/** Announces the consumer {@code null}. */
public final class DiscardProvider implements ConsumerProvider {
    @Override
    public String name() {
        return "null";
    }

    @Override
    public String description() {
        return "counts dumps and discards them; needs no data model";
    }

    @Override
    public boolean needsTelescopeModel() {
        return false;
    }

    @Override
    public Consumer create() {
        return new DiscardConsumer();
    }
}
