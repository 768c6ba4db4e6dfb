package org.cbfsdp.recv;

import java.io.IOException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.spead.agent.Agent;
import org.spead.transport.linux.LinuxThreads;

/** Gives the thread that starts it a real-time priority if it may have one, and ends. */
record RealTime(int priority) implements Agent {
    private static final Logger LOG = LogManager.getLogger(RealTime.class);

    @Override
    public String roleName() {
        return "real-time";
    }

    @Override
    public void onStart() {
        try {
            LinuxThreads.setRealTimePriority(priority);
        } catch (IOException e) {
            LOG.debug("reception.real_time_priority: {}; reception goes on without", e.getMessage());
        }
    }

    @Override
    public int doWork() {
        return DONE;
    }
}
