/**
 * Where packets come from and go to: batches of off-heap slots, and the interfaces that move them.
 *
 * <p>Lives here: {@link org.spead.transport.PacketBatch}, {@link org.spead.transport.PacketSource} and
 * {@link org.spead.transport.PacketSink}, and {@link org.spead.transport.ByteSource} for media without bounds between
 * packets; names of hosts and interfaces; the transports themselves are packages under this one. Not here: anything that looks
 * into a packet. A source or sink is used by one thread at a time.
 */
package org.spead.transport;
