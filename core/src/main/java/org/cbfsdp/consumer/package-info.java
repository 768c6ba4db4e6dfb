/**
 * The plug-in contract: what a consumer of visibilities is, and all it gets to see.
 *
 * <p>Lives here: {@link org.cbfsdp.consumer.Consumer}, the provider that {@link java.util.ServiceLoader} finds, the context
 * a consumer starts with, the processes it may start. Not here: consumers, queues, threads, settings files, SPEAD. Each consumer
 * runs on a thread of its own, never on the network's; one that is slow or fails does not stop the others.
 */
package org.cbfsdp.consumer;
