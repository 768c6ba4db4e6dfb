/**
 * Packets from one thread to another of the same process, without loss and in order.
 *
 * <p>Lives here: {@link org.spead.transport.memory.MemoryLink}, for tests and for sending to oneself. Not here: a stream
 * of packets that lies in a buffer (see {@code org.spead.recv.BufferReader}). Each end is used by one thread at a time.
 */
package org.spead.transport.memory;
