package org.spead.transport.linux;

import java.io.IOException;
import org.cbfsdp.net.LinuxThread;

/** What threads that serve sockets may ask of the system. Thread-safe. */
public final class LinuxThreads {
    private LinuxThreads() {}

    /**
     * Lets the calling thread run before all threads of ordinary priority, so that they cannot keep it from its sockets for longer
     * than their buffers last. For a thread that parks when nothing has come.
     *
     * @param priority 1 to 99 (SCHED_RR)
     * @throws IOException when it cannot be had, and why; the thread then runs as it did
     */
    public static void setRealTimePriority(int priority) throws IOException {
        try {
            LinuxThread.setRealTimePriority(priority);
        } catch (UnsatisfiedLinkError e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
