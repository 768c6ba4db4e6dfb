/**
 * The consumer {@code mswriter}: writes what arrives into a Measurement Set, or into one after the other.
 *
 * <p>Lives here: placing a dump's payloads into set order, finding its metadata in the telescope model, deciding when to
 * flush and when the next set begins, and the command that is run on finished sets. Not here: the layout of a set, which is
 * {@code org.cbfsdp.ms}. Runs on its consumer thread, the one owner of the set's tables; beside it {@code PlacingThread}
 * places the next dump into memory. The command has no thread of ours either: it is
 * a process, which the consumer's thread looks after between dumps and while there are none.
 */
package org.cbfsdp.recv.consumer.mswriter;
