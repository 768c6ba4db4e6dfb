package org.cbfsdp.recv;

import java.io.IOException;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.spead.agent.Agent;
import org.spead.transport.linux.LinuxThreads;

/** Keeps the thread that starts it on its processor if that can be had, and ends. */
record Affinity(int processor) implements Agent {
    private static final Logger LOG = LogManager.getLogger(Affinity.class);

    /** What thread {@code thread} has to start first: nothing when it may run anywhere. */
    static List<Affinity> ofThread(int thread, List<Integer> processors) {
        int processor = processors.isEmpty() ? -1 : processors.get(thread % processors.size());
        return processor < 0 ? List.of() : List.of(new Affinity(processor));
    }

    @Override
    public String roleName() {
        return "affinity";
    }

    @Override
    public void onStart() {
        try {
            LinuxThreads.bindToProcessor(processor);
        } catch (IOException e) {
            LOG.warn(
                    "reception.affinity: {}; {} runs anywhere",
                    e.getMessage(),
                    Thread.currentThread().getName());
        }
    }

    @Override
    public int doWork() {
        return DONE;
    }
}
