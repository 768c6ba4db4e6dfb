/**
 * Values that say how a program fares: each has a status beside its value, and some change when nothing happens for long.
 *
 * <p>Lives here: sensors, the observers on them and the four sensors of a receiver. Not here: who looks at them. A
 * {@link org.cbfsdp.telemetry.sensor.SensorSet} has one lock for all its sensors; it is held for the time of a few
 * assignments, so that the thread that receives dumps can set sensors itself.
 */
package org.cbfsdp.telemetry.sensor;
