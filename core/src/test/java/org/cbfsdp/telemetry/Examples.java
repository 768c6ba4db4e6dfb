package org.cbfsdp.telemetry;

import java.util.List;
import org.cbfsdp.telemetry.status.ProgramState;
import org.cbfsdp.telemetry.status.ProgramStatus;
import org.cbfsdp.telemetry.status.StatusSnapshot;

/** A receiver of two streams, as the tests show it. */
public final class Examples {
    private Examples() {}

    public static ProgramStatus status(ProgramState state, long heaps) {
        return status(state, heaps, "degraded");
    }

    private static ProgramStatus status(ProgramState state, long heaps, String deviceStatus) {
        return new ProgramStatus(
                "emu-recv",
                state,
                deviceStatus,
                heaps,
                List.of(
                        new ProgramStatus.Stream(
                                "0", "udp 41000", heaps, heaps * 1_000_000, heaps * 125, 0, 0, 0, false),
                        new ProgramStatus.Stream("1", "udp <41001>", heaps - 3, 0, heaps * 125, 3, 2, 1, true)),
                List.of(new ProgramStatus.Queue("mswriter", 4, 1024, 0)),
                List.of(new ProgramStatus.Agent("recv-0", 2_500_000)));
    }

    public static StatusSnapshot snapshot(ProgramState state) {
        return snapshot(state, "degraded");
    }

    public static StatusSnapshot snapshot(ProgramState state, String deviceStatus) {
        return new StatusSnapshot(
                1_700_000_000_500_000_000L,
                3_723_999_999_999L,
                status(state, 1200, deviceStatus),
                List.of(new StatusSnapshot.Rate(48.04, 125_000_000), new StatusSnapshot.Rate(0, 0)));
    }
}
