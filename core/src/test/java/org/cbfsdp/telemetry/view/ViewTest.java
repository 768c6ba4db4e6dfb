package org.cbfsdp.telemetry.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.cbfsdp.telemetry.Examples;
import org.cbfsdp.telemetry.status.ProgramState;
import org.cbfsdp.telemetry.status.ProgramStatus;
import org.cbfsdp.telemetry.status.StatusSnapshot;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static final String LINE =
            "emu-recv running 1:02:03, 1200 dumps, 2397 heaps (48.0 heaps/s, 1.000 Gb/s)," + " 3 missing, degraded";

    @Test
    void shouldRenderTheBlock() {
        assertThat(TerminalView.render(Examples.snapshot(ProgramState.RUNNING))).isEqualTo(LINE + """

                  stream  heaps  heaps/s   Gb/s  missing  incomplete  refused  state  place
                  0        1200     48.0  1.000        0           0        0  open   udp 41000
                  1        1197      0.0  0.000        3           2        1  ended  udp <41001>
                  total    2397     48.0  1.000        3           2        1  open
                queue mswriter: 4 of 1024, 0 dropped
                """);
    }

    @Test
    void shouldRenderOneLine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(LineView.render(Examples.snapshot(ProgramState.RUNNING))).isEqualTo(LINE);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldRenderAProgramWithoutStreamsOrSensors() {
        ProgramStatus status = ProgramStatus.starting("emu-send", ProgramState.STARTING);
        assertThat(TerminalView.render(new StatusSnapshot(0, 0, status, List.of())))
                .isEqualTo("""
                emu-send starting 0:00:00, 0 dumps, 0 heaps (0.0 heaps/s, 0.000 Gb/s), 0 missing
                  stream  heaps  heaps/s  Gb/s  missing  incomplete  refused  state  place
                """);
    }
}
