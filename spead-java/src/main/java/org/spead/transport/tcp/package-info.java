/**
 * SPEAD over TCP: one connection a stream, packets back to back.
 *
 * <p>Lives here: a source of bytes that waits for its one sender, and a sink that writes whole batches. Not here: finding
 * packets in the bytes, which is {@code org.spead.recv}'s, and retries after a connection was lost: what was under way then
 * cannot be known. Each is used by one thread at a time.
 */
package org.spead.transport.tcp;
