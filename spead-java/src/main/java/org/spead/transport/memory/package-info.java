/**
 * Packets that stay in the process, without loss and in order.
 *
 * <p>Lives here: {@link org.spead.transport.memory.MemoryLink}, from one thread to another, and
 * {@link org.spead.transport.memory.BufferSink}, into a buffer. Not here: reading a stream from a buffer (see
 * {@code org.spead.recv.BufferReader}). Each sink and each source is used by one thread at a time.
 */
package org.spead.transport.memory;
