/**
 * The sender: from a Measurement Set to sockets.
 *
 * <p>Lives here: the command line, the wiring of one transmission, the loop that reads dumps, lays out heaps and offers them
 * to streams, progress and summary. Not here: packets, the layout of the interface, Measurement Sets. Threads: the main
 * thread reads and lays out, one or more send threads serve the streams.
 */
package org.cbfsdp.send;
