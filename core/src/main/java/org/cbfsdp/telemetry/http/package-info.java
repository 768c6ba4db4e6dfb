/**
 * The HTTP endpoint: metrics, sensors, status, health, a stream of events, and the page that shows them.
 *
 * <p>A small server of our own on one thread: it reads only, so GET and HEAD of a handful of fixed paths are all it has to
 * know, and everything a client can make it keep - connections, bytes, time - has a bound that it checks itself
 * (docs/adr says why the JDK's server was not taken). Nothing on the way of the data ever waits for it. Not here: what is
 * served; that comes as suppliers.
 */
package org.cbfsdp.telemetry.http;
