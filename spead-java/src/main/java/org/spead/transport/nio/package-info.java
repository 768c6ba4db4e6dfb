/**
 * Datagrams through the JDK's channels: works everywhere, one system call a packet.
 *
 * <p>Lives here: {@link org.spead.transport.nio.UdpSource} and {@link org.spead.transport.nio.UdpSink}. Not here: anything
 * that looks into a packet, and batches of datagrams in one system call, which the JDK does not offer. A source or sink
 * is used by one thread at a time and makes no threads; its counters may be read by any.
 */
package org.spead.transport.nio;
