/**
 * Sending: heaps become paced packets.
 *
 * <p>Lives here: building a heap from items, a stream's queue of heaps, the rate limiter. Not here: sockets (see
 * {@code org.spead.transport}) and where the values come from. A stream is one agent: its work is done by the thread that
 * runs it; heaps may be offered from another thread.
 */
package org.spead.send;
