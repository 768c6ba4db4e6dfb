/**
 * Dumps for a program that asks for them, in place of a consumer that is called.
 *
 * <p>Lives here: the consumer that hands complete dumps from the reception's thread to the program's, and the ways to ask: the next,
 * several in a row, a loop. Not here: receptions, settings, threads. One thread hands over, the consumer's; any others take.
 */
package org.cbfsdp.consumer.complete;
