/**
 * Receiving into chunks: the payload of many heaps side by side in one large buffer that was made beforehand, such as all
 * channels of a dump, each heap at a place that follows from its items.
 *
 * <p>Lives here: chunks and the rings they go round in, the window of chunks that are being filled, streams that fill it,
 * alone or as a group. Not here: which packets make a heap (that is {@code org.spead.recv}, whose streams these are), and
 * what the bytes mean: where a heap belongs is a {@link org.spead.recv.chunk.ChunkPlacement} of the user's. A stream is an
 * agent with a thread of its own; the threads of a group meet under a lock only when the window moves. Each payload byte is
 * copied once, out of the packet into its place, and the steady state makes no garbage. What has no place is counted.
 */
package org.spead.recv.chunk;
