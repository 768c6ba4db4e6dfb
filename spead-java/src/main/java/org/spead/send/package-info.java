/**
 * Sending: heaps become paced packets.
 *
 * <p>Lives here: building a heap from parts ({@link org.spead.send.HeapBuilder}) or from a group of items
 * ({@link org.spead.send.HeapGenerator}), a stream's queue of heaps and groups, its substreams, the rate limiter, futures. Not
 * here: sockets (see {@code org.spead.transport}) and where the values come from. A stream is one agent: its work is done by the
 * thread that runs it; heaps may be offered from another thread.
 */
package org.spead.send;
