package org.cbfsdp.send;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How the packetiser's thread waits: by parking while others send, or by making the time pass itself. */
interface Waiting {
    /** Waits for real. */
    Waiting PARKED = LockSupport::parkNanos;

    /** Lets time pass, at most {@code nanos}. */
    void pass(long nanos);

    /** Waits at most {@code nanos} for an element; null when there is still none. */
    default <T> T poll(BlockingQueue<T> queue, long nanos) throws InterruptedException {
        return queue.poll(nanos, TimeUnit.NANOSECONDS);
    }
}
