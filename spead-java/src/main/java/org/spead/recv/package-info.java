/**
 * Receiving: packets become heaps.
 *
 * <p>Lives here: a heap under assembly, the bounded population of such heaps, delivery to a ring and from it (polled, in a loop,
 * published), statistics. Not here: sockets (see {@code org.spead.transport}) and the meaning of items. A stream is one agent: all of
 * its methods are called by the thread that runs it, except where a method says otherwise. Loss is counted, never silent.
 */
package org.spead.recv;
