package org.cbfsdp.recv;

/** What happens to a dump for which a consumer's queue has no room. */
enum QueuePolicy {
    /** The dump that just came is not given to this consumer. */
    DROP_NEWEST,
    /** The dump that has waited longest is not given to this consumer. */
    DROP_OLDEST,
    /** The router waits, and with it every other consumer; heaps then pile up in the receive rings. */
    BLOCK
}
