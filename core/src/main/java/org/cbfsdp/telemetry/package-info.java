/**
 * What a running program says of itself, put together: {@link org.cbfsdp.telemetry.Telemetry} starts what is set.
 *
 * <p>The parts, none of which knows a later one: {@code sensor} (values with a status), {@code metric} (declared metrics,
 * pulled from plain counters), {@code status} (the snapshot with its rates, events and their log), {@code view} (text for
 * terminals) and {@code http} (the endpoint and its page). Not here: counting. The parts of a program count as they always
 * do and telemetry reads their counters on a thread of its own, so a program without telemetry pays nothing and one with it
 * never waits for it.
 */
package org.cbfsdp.telemetry;
