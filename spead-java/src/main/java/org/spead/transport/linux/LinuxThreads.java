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

    /**
     * Lets the calling thread run on one processor and no other, so that it keeps its caches, and nobody moves it to where others
     * are busy. Threads that it starts afterwards inherit that.
     *
     * @param processor number of the processor, from 0
     * @throws IOException when it cannot be had, and why; the thread then runs where it did
     */
    public static void bindToProcessor(int processor) throws IOException {
        try {
            LinuxThread.bindToProcessor(processor);
        } catch (UnsatisfiedLinkError e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
