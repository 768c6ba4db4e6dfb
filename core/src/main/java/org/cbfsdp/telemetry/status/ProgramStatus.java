package org.cbfsdp.telemetry.status;

import java.util.List;

/**
 * The plain counters of a program at one moment; rates are made of two of them. The program makes one when asked, on the
 * telemetry's thread. Immutable.
 *
 * @param program the command, {@code emu-recv}
 * @param deviceStatus {@code ok} or {@code degraded}; empty where there are no sensors
 * @param dumps delivered or sent
 * @param agents the threads that do the work
 */
public record ProgramStatus(
        String program,
        ProgramState state,
        String deviceStatus,
        long dumps,
        List<Stream> streams,
        List<Queue> queues,
        List<Agent> agents) {
    public ProgramStatus {
        streams = List.copyOf(streams);
        queues = List.copyOf(queues);
        agents = List.copyOf(agents);
    }

    /** One of a program of which nothing is known yet. */
    public static ProgramStatus starting(String program, ProgramState state) {
        return new ProgramStatus(program, state, "", 0, List.of(), List.of(), List.of());
    }

    /**
     * One stream. A sender leaves at 0 what only a receiver counts.
     *
     * @param label its number
     * @param place its port, host and port, or file
     * @param heaps data heaps delivered or sent
     * @param bytes of their payload
     * @param packets taken from or given to the network
     * @param missingHeaps that are in no delivered dump
     * @param incompleteHeaps given up with packets missing
     * @param refusedHeaps too old, bad or twice
     * @param ended whether its end-of-stream heap has come or gone
     */
    public record Stream(
            String label,
            String place,
            long heaps,
            long bytes,
            long packets,
            long missingHeaps,
            long incompleteHeaps,
            long refusedHeaps,
            boolean ended) {}

    /**
     * A queue between two threads.
     *
     * @param name of the consumer it leads to
     * @param queued in it now
     * @param capacity the most it takes
     * @param dropped left out because it was full
     */
    public record Queue(String name, long queued, long capacity, long dropped) {}

    /**
     * A thread.
     *
     * @param name its name
     * @param maxCycleNanos the longest turn of its work so far, the one under way included
     */
    public record Agent(String name, long maxCycleNanos) {}
}
