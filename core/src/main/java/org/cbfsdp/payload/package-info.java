/**
 * What the correlator sends, free of how it travels and where it is stored.
 *
 * <p>Lives here: the visibilities of one heap and of one dump as read-only views, exact time, the division of channels
 * over streams, the order of baselines, the telescope model, and the one real computation of the suite, the transposition
 * between heap order (channel, baseline) and set order (baseline, channel). Not here: SPEAD, casacore, settings, threads.
 * Visibilities stay in direct buffers; nothing in this package copies them but the transposition.
 */
package org.cbfsdp.payload;
