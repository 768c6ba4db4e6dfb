package org.cbfsdp.settings;

/**
 * Where one stream goes. Immutable.
 *
 * @param host name or address, without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
