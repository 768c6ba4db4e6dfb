/**
 * Packets that are lost, doubled, out of order or damaged on purpose, on their way to any other sink.
 *
 * <p>Lives here: {@link org.spead.transport.impair.AlteringSink}, which sends other packets than it is given, and
 * {@link org.spead.transport.impair.ImpairedSink}, which lets a seeded generator decide. Not here: heaps, and what packets mean:
 * which packets may be impaired is the user's choice. Each sink is used by one thread at a time, that of the sink behind it.
 */
package org.spead.transport.impair;
