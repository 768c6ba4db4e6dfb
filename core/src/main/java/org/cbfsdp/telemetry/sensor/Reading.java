package org.cbfsdp.telemetry.sensor;

/**
 * What a sensor reads. Immutable.
 *
 * @param value a Long, a Double or a {@link DeviceStatus}
 * @param unixNanos the time that the value belongs to, since 1970: that of the data, not that of their arrival
 */
public record Reading<T>(T value, SensorStatus status, long unixNanos) {}
