/**
 * What the sender does wrong on purpose: heaps and packets that are lost, late, doubled, out of order or damaged, streams that stall
 * or end too soon, and an exact account of it.
 *
 * <p>Lives here: {@link org.cbfsdp.send.impair.Impairments}, which puts sinks in front of those of a transmission, the choice of
 * what is done to which heap, and the log. Not here: the transport of packets, and what a packet without its heap can suffer
 * ({@code org.spead.transport.impair}). Everything of a stream belongs to the thread that sends it; the log belongs to all.
 */
package org.cbfsdp.send.impair;
