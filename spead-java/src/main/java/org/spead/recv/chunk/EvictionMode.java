package org.spead.recv.chunk;

/** What a group does when its window must move on and a member has not yet passed the chunks that leave it. */
public enum EvictionMode {
    /** The member is made to pass them: what still comes of theirs is too old. Nobody waits for a member that is silent. */
    LOSSY,
    /**
     * The member that wants to move on waits, and its packets with it, until all others have passed. Nothing is lost by the
     * group; a silent member holds up the others until it receives, ends or is stopped.
     */
    LOSSLESS
}
