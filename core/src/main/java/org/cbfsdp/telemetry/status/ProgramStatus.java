package org.cbfsdp.telemetry.status;

import java.util.List;

/**
 * The plain counters of a program at one moment; rates are made of two of them. The program makes one when asked, on the
 * telemetry's thread. Immutable.
 *
 * @param program the command, {@code emu-recv}
 * @param deviceStatus {@code ok} or {@code degraded}; empty where there are no sensors
 * @param dumps delivered or sent
 */
public record ProgramStatus(
        String program, ProgramState state, String deviceStatus, long dumps, List<Stream> streams, List<Queue> queues) {
    public ProgramStatus {
        streams = List.copyOf(streams);
        queues = List.copyOf(queues);
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
}
