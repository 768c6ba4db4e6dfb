package org.spead.transport.linux;

import java.io.IOException;
import java.util.function.Consumer;
import org.cbfsdp.net.LinuxThread;
import org.spead.agent.Agent;

/**
 * Gives the thread that runs it a real-time priority, and ends. First among the agents of a receive thread it sees to it that
 * others of the machine's threads cannot keep that one from its sockets for longer than their buffers last.
 */
public final class RealTime implements Agent {
    private final int priority;
    private final Consumer<String> refused;

    /**
     * Does nothing yet.
     *
     * @param priority 1 to 99
     * @param refused told, on that thread, why it cannot be had; the thread then runs as it did
     */
    public RealTime(int priority, Consumer<String> refused) {
        this.priority = priority;
        this.refused = refused;
    }

    @Override
    public String roleName() {
        return "real-time";
    }

    @Override
    public void onStart() {
        try {
            LinuxThread.setRealTimePriority(priority);
        } catch (IOException | UnsatisfiedLinkError e) {
            refused.accept(e.getMessage());
        }
    }

    @Override
    public int doWork() {
        return DONE;
    }
}
