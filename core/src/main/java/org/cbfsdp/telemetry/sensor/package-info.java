/**
 * Values that say how a program fares: each has a status beside its value, and some change when nothing happens for long.
 *
 * <p>Lives here: sensors, the observers on them and the four sensors of a receiver. Not here: who looks at them. A
 * {@link org.cbfsdp.telemetry.sensor.SensorSet} has one lock for all its sensors; setting one makes garbage, so
 * that is for the telemetry's thread and not for one that data go through.
 */
package org.cbfsdp.telemetry.sensor;
