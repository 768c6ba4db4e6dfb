/**
 * The consumer {@code null}: counts dumps and lets them go. For measuring reception alone, and for receiving without a
 * data model. Runs on its consumer thread; keeps nothing.
 */
package org.cbfsdp.recv.consumer.discard;
