package org.cbfsdp.settings;

/**
 * Where one stream goes. Immutable.
 *
 * @param host name or address, without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
    /** Whether the host is the literal address of a multicast group; names are not looked up. */
    public boolean isMulticastGroup() {
        return MulticastAddress.matches(host);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
