package org.cbfsdp.telemetry.http;

/**
 * What clients may make the server keep. Immutable.
 *
 * @param connections at once, of all kinds
 * @param eventClients at once, of {@code /api/events}
 * @param requestNanos from connecting until the request is whole
 * @param responseNanos until an answer is read; for a client of events, between two reads
 */
record ServerLimits(int connections, int eventClients, long requestNanos, long responseNanos) {
    static final ServerLimits DEFAULT = new ServerLimits(64, 16, 10_000_000_000L, 30_000_000_000L);
}
