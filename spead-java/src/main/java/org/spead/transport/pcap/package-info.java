/**
 * Packets from and into capture files, in place of the network.
 *
 * <p>Lives here: {@link org.spead.transport.pcap.PcapSource}, which gives the UDP payloads of a pcap or pcapng file as if
 * they arrived; {@link org.spead.transport.pcap.PcapPorts}, which divides one file between several streams; {@link
 * org.spead.transport.pcap.PcapSink}, which writes a pcap file as if a network had been listened to. Not here: capturing,
 * and anything that looks into a UDP payload. Files are read and written once through, so a pipe will do. All of it
 * belongs to one thread at a time; counters may be read by any. File bytes never throw: what cannot be used is counted
 * under a {@link org.spead.transport.pcap.PcapFault}.
 */
package org.spead.transport.pcap;
