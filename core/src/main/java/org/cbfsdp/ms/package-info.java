/**
 * Measurement Sets: read for sending, written while receiving, compared afterwards.
 *
 * <p>Lives here: the reader that hands out dumps in payload order, the telescope model taken from a set, the writer with
 * its table layout, and the comparison of two sets. Not here: how a dump came about (SPEAD, the interface), settings, and
 * casacore itself, which is behind {@code org.casacore}.
 *
 * <p>Priorities: no value is lost or altered on the way (what is copied is bit for bit); whole blocks of rows move between
 * disk and the direct buffers of a {@link org.cbfsdp.payload.DumpBlock}, in one call where the rows allow it; memory is
 * bounded by a dump, not by a set. Faults of a set are {@link org.cbfsdp.ms.MeasurementSetException}s of one sentence that
 * names the set.
 *
 * <p>Threads: casacore tables belong to one thread. Whatever opens a set here is used and closed by the thread that made
 * it; nothing here makes threads.
 */
package org.cbfsdp.ms;
