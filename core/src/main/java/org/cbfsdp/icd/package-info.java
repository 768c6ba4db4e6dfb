/**
 * The CSP-SDP interface: which SPEAD items carry visibilities, and how a heap of them is written and read.
 *
 * <p>Lives here: the items 0x6000 to 0x600A with their types, the layout of the correlator output, the encoder and the
 * decoder of heaps. Not here: packets and sockets, Measurement Sets, threads. An encoder or decoder belongs to one stream
 * and is used by one thread at a time. What a heap holds never makes the decoder throw; it names a fault instead.
 */
package org.cbfsdp.icd;
