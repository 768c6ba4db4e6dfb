/**
 * The consumer {@code mswriter}: writes what arrives into a Measurement Set.
 *
 * <p>Lives here: placing a dump's payloads into set order, finding its metadata in the telescope model, deciding when to
 * flush. Not here: the layout of a set, which is {@code org.cbfsdp.ms}. Runs on its consumer thread, the one owner of the
 * set's tables.
 */
package org.cbfsdp.recv.consumer.mswriter;
