package org.cbfsdp.consumer;

/**
 * Makes consumers of one kind; found by {@link java.util.ServiceLoader} on the class path.
 *
 * <p>A jar that offers one has a file {@code META-INF/services/org.cbfsdp.consumer.ConsumerProvider} with the class's name.
 * A consumer can also be named by its own class, which then needs a public constructor without parameters.
 */
public interface ConsumerProvider {
    /** The simple name by which {@code reception.consumer} asks for it. */
    String name();

    /** A few words for the list that {@code emu-recv --help} prints. */
    String description();

    /** Whether it cannot work without a telescope model ({@code reception.datamodel}). */
    boolean needsTelescopeModel();

    /** A new consumer, not yet started. */
    Consumer create();
}
