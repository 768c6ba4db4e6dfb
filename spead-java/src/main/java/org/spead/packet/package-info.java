/**
 * Packets: from bytes to a header, and from a heap to packets.
 *
 * <p>Lives here: the decoder that never throws, its named faults, the search for packets in a stream of bytes, and the
 * division of a heap into packets. Not here: heaps under assembly, sockets, threads. Everything works on off-heap bytes at an
 * offset and makes no garbage a packet.
 */
package org.spead.packet;
