/**
 * Datagrams through Linux sockets, many a system call: packets of one length travel as segments of one message (GSO and GRO).
 *
 * <p>Lives here: {@link org.spead.transport.linux.LinuxUdpSource} and {@link org.spead.transport.linux.LinuxUdpSink}, which do
 * what their namesakes in {@code nio} do, and {@link org.spead.transport.linux.LinuxUdp}, which says whether they can be had.
 * Not here: anything that looks into a packet. This package alone sees {@code org.cbfsdp.net}. A source or sink is used by one thread
 * at a time and makes no threads; its counters may be read by any. Nothing is allocated a packet or a batch.
 */
package org.spead.transport.linux;
