/**
 * Baseline correlation products as the correlator katgpucbf of MeerKAT sends them: which SPEAD items carry them, and how a heap of
 * them is read.
 *
 * <p>Lives here: the items, the order of antennas and polarisations, time from samples, and the conversion of a heap of int32 in the
 * correlator's order into elements of complex64 in the data model's, once, into memory that circulates. Not here: packets and
 * sockets, Measurement Sets, threads, an encoder. A decoder belongs to one stream and is used by one thread at a time. What a
 * heap holds never makes it throw; it names a fault instead.
 */
package org.cbfsdp.katgpucbf;
