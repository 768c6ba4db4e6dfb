package org.spead.transport.tcp;

/**
 * How a {@link TcpSink} connects and sends. Immutable.
 *
 * @param sendBufferBytes what is asked of the system for bytes that wait to leave; 0 leaves it to the system, which adapts
 *     it to the connection
 * @param interfaceName name or address of the network interface to connect from; empty: the system chooses
 * @param connectTimeoutNanos how long to try when nobody listens yet or there is no answer; 0 tries once
 */
public record TcpSinkOptions(int sendBufferBytes, String interfaceName, long connectTimeoutNanos) {
    /** The system's buffer and interface, and ten seconds for the receiver to appear. */
    public static final TcpSinkOptions DEFAULT = new TcpSinkOptions(0, "", 10_000_000_000L);

    public TcpSinkOptions {
        if (sendBufferBytes < 0) {
            throw new IllegalArgumentException("sendBufferBytes must not be negative, not " + sendBufferBytes);
        }
        if (connectTimeoutNanos < 0) {
            throw new IllegalArgumentException("connectTimeoutNanos must not be negative, not " + connectTimeoutNanos);
        }
    }

    /** The same with another {@link #sendBufferBytes()}. */
    public TcpSinkOptions withSendBufferBytes(int bytes) {
        return new TcpSinkOptions(bytes, interfaceName, connectTimeoutNanos);
    }

    /** The same with another {@link #interfaceName()}. */
    public TcpSinkOptions withInterfaceName(String name) {
        return new TcpSinkOptions(sendBufferBytes, name, connectTimeoutNanos);
    }

    /** The same with another {@link #connectTimeoutNanos()}. */
    public TcpSinkOptions withConnectTimeoutNanos(long nanos) {
        return new TcpSinkOptions(sendBufferBytes, interfaceName, nanos);
    }
}
