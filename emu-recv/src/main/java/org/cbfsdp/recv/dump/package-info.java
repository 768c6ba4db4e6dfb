/**
 * Shows what a SPEAD stream holds, heap by heap, with the SPEAD library alone.
 *
 * <p>Lives here: a receiver that prints, and the two ways to print, for people and as JSON. Not here: the command line, and
 * anything of the CSP-SDP interface. Heaps are printed on the thread that receives them, one a run; whoever started it
 * waits.
 */
package org.cbfsdp.recv.dump;
