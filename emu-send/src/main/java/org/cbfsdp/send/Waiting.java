package org.cbfsdp.send;

import java.util.concurrent.locks.LockSupport;

/** How the packetiser's thread waits: by parking while others send, or by making the time pass itself. */
interface Waiting {
    /** Waits for real. */
    Waiting PARKED = LockSupport::parkNanos;

    /** Lets time pass, at most {@code nanos}; less when the thread is unparked or interrupted. */
    void pass(long nanos);
}
