package org.cbfsdp.net;

import java.io.IOException;

/** What the system can be told of the calling thread. Thread-safe. */
public final class LinuxThread {
    private LinuxThread() {}

    /**
     * Lets the calling thread run before all threads of ordinary priority, in turn with others like it (SCHED_RR). For a thread
     * that sleeps when it has nothing to do: one that never does keeps others off its processor.
     *
     * @param priority 1 to 99
     * @throws IOException when the process may not, or the priority is out of range
     * @throws UnsatisfiedLinkError when the native library cannot be used
     */
    public static void setRealTimePriority(int priority) throws IOException {
        LinuxSocket.ensureAvailable();
        int outcome = LinuxThreadJni.roundRobin(priority);
        if (outcome < 0) {
            throw Errno.exception("real-time priority " + priority + " cannot be had", outcome);
        }
    }

    /**
     * Lets the calling thread run on one processor and no other (sched_setaffinity). Threads that it starts afterwards inherit that;
     * those of the virtual machine, which others start, do not.
     *
     * @param processor number of the processor, from 0, as in {@code /proc/cpuinfo}
     * @throws IOException when there is no such processor, or the process may not use it
     * @throws UnsatisfiedLinkError when the native library cannot be used
     */
    public static void bindToProcessor(int processor) throws IOException {
        LinuxSocket.ensureAvailable();
        int outcome = LinuxThreadJni.bind(processor);
        if (outcome < 0) {
            throw Errno.exception("processor " + processor + " cannot be had", outcome);
        }
    }

    /** The calling thread's real-time priority; 0 when it has none. */
    public static int realTimePriority() throws IOException {
        LinuxSocket.ensureAvailable();
        int priority = LinuxThreadJni.priority();
        if (priority < 0) {
            throw Errno.exception("the thread's priority cannot be read", priority);
        }
        return priority;
    }
}
