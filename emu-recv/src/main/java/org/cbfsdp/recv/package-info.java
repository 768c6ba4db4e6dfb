/**
 * The receiver: from sockets to consumers.
 *
 * <p>Lives here: the command line, the wiring of one reception, the router that turns heaps into payloads, the assembly of
 * dumps, the runners that feed consumers, the accounts of what came and what did not. Not here: packets, the layout of
 * the interface, Measurement Sets. Threads: one or more receive threads, one router, one a consumer, and the main thread
 * that wires, waits and reports.
 */
package org.cbfsdp.recv;
