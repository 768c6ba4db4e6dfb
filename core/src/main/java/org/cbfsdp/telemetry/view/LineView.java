package org.cbfsdp.telemetry.view;

import org.cbfsdp.telemetry.status.ProgramStatus;
import org.cbfsdp.telemetry.status.StatusSnapshot;

/** The status in one line, for logs and pipes. */
public final class LineView {
    private LineView() {}

    /** {@code emu-recv running 0:00:10, 120 dumps, 480 heaps (48.0 heaps/s, 1.254 Gb/s), 3 missing, degraded}. */
    public static String render(StatusSnapshot snapshot) {
        ProgramStatus status = snapshot.status();
        ProgramStatus.Stream total = snapshot.total();
        StringBuilder line = new StringBuilder(128)
                .append(status.program())
                .append(' ')
                .append(status.state().word())
                .append(' ')
                .append(Amounts.duration(snapshot.upNanos()))
                .append(", ")
                .append(status.dumps())
                .append(" dumps, ")
                .append(total.heaps())
                .append(" heaps (")
                .append(Amounts.heaps(snapshot.totalRate()))
                .append(", ")
                .append(Amounts.gigabits(snapshot.totalRate()))
                .append("), ")
                .append(total.missingHeaps())
                .append(" missing");
        if (!status.deviceStatus().isEmpty()) {
            line.append(", ").append(status.deviceStatus());
        }
        return line.toString();
    }
}
