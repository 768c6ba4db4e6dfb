package org.cbfsdp.recv;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.telemetry.sensor.ReceiveSensors;
import org.cbfsdp.telemetry.sensor.SensorSet;
import org.cbfsdp.telemetry.status.ProgramState;
import org.cbfsdp.telemetry.status.ProgramStatus;
import org.spead.agent.AgentRunner;

/**
 * Reads the counters of a reception for its telemetry: what the sensors are, and what the status is. Called by the telemetry's thread;
 * the router thread, which counts, knows nothing of it.
 */
final class ReceptionWatch {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final List<StreamReport> streams;
    private final DumpLedger ledger;
    private final List<ConsumerAgent> consumers;
    private final ReceiveSensors sensors;
    private long seenDumps;
    private long seenLossyDumps;

    /**
     * Adds its sensors to the set.
     *
     * @param dumpIntervalNanos between dumps
     */
    ReceptionWatch(
            List<StreamReport> streams,
            DumpLedger ledger,
            List<ConsumerAgent> consumers,
            SensorSet sensorSet,
            long dumpIntervalNanos) {
        this.streams = List.copyOf(streams);
        this.ledger = ledger;
        this.consumers = List.copyOf(consumers);
        this.sensors = new ReceiveSensors(sensorSet, "", dumpIntervalNanos);
    }

    /** Sets the sensors when dumps have been delivered since the last call; of several dumps, to the last. */
    void feedSensors() {
        // The other way round, a loss counted in between would be told after its dump, and all would seem well for a
        // moment.
        long dumps = ledger.dumps();
        long lossyDumps = ledger.lossyDumps();
        if (lossyDumps != seenLossyDumps) {
            seenLossyDumps = lossyDumps;
            sensors.lossFound(unixNanos(ledger.lastLossTicks()));
        }
        if (dumps != seenDumps) {
            seenDumps = dumps;
            long ticks = ledger.lastTicks();
            sensors.dumpReceived(ticks, unixNanos(ticks), false);
        }
    }

    /** The counters as they are now. */
    ProgramStatus status(String program, ProgramState state, List<AgentRunner> threads) {
        boolean flows = state == ProgramState.WAITING && streams.stream().anyMatch(stream -> stream.packets() > 0);
        return new ProgramStatus(
                program,
                flows ? ProgramState.RUNNING : state,
                sensors.deviceStatus().name().toLowerCase(Locale.ROOT),
                ledger.dumps(),
                streams.stream().map(ReceptionWatch::status).toList(),
                consumers.stream().map(ReceptionWatch::queue).toList(),
                threads.stream().map(ReceptionWatch::agent).toList());
    }

    private static ProgramStatus.Stream status(StreamReport stream) {
        return new ProgramStatus.Stream(
                Integer.toString(stream.index()),
                "port " + stream.port(),
                stream.get(StreamCounter.HEAPS),
                stream.get(StreamCounter.BYTES),
                stream.packets(),
                stream.get(StreamCounter.MISSING_HEAPS),
                stream.get(StreamCounter.INCOMPLETE_HEAPS),
                stream.unusedHeaps(),
                stream.account().hasEnded());
    }

    private static ProgramStatus.Queue queue(ConsumerAgent consumer) {
        return new ProgramStatus.Queue(
                consumer.name(), consumer.queuedDumps(), consumer.queueCapacityDumps(), consumer.droppedDumps());
    }

    private static ProgramStatus.Agent agent(AgentRunner thread) {
        return new ProgramStatus.Agent(thread.name(), thread.longestCycleNanos());
    }

    private static long unixNanos(long ticks) {
        Instant time = PayloadTime.instant(ticks);
        return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
    }
}
