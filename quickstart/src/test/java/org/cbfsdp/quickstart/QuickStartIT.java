package org.cbfsdp.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the quick starts as a user would, on the distribution just built. */
class QuickStartIT {
    private static final Path QUICKSTART = Path.of(System.getProperty("project.root"), "quickstart");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"single-stream, 432, 1", "many-streams, 1632, 4"})
    void shouldReceiveExactlyWhatWasSent(String example, int rows, int streams) throws Exception {
        Path work = folder.resolve("a folder with blanks");

        Outcome outcome = run(example, streams, work.toString());

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.lastLine())
                .isEqualTo(
                        "PASS: %d rows arrived exactly as sent (DATA, FLAG, UVW, TIME and metadata)".formatted(rows));
        assertThat(work.resolve("received.ms/table.dat")).exists();
    }

    @Test
    void shouldFeedAConsumerFromOutsideTheSuite() throws Exception {
        Outcome outcome = run("third-party-consumer", 2, folder.toString());

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.lastLine()).startsWith("PASS: 12 dumps reached a consumer from outside the suite");
        try (Programs programs = new Programs(folder)) {
            String largestError = programs.python("""
                    from casacore.tables import table
                    import csv, numpy as np
                    t = table('sent.ms', ack=False)
                    d = np.abs(t.getcol('DATA').astype(complex)).reshape(12, -1).mean(axis=1)
                    m = [float(r['mean_amplitude']) for r in csv.DictReader(open('dumps.csv'))]
                    print(np.max(np.abs(m / d - 1)))
                    """);
            assertThat(Double.parseDouble(largestError)).isLessThan(1e-9);
        }
    }

    @Test
    void shouldFailWhenTheReceiverDoesNotStart() throws Exception {
        Outcome outcome = run("single-stream", 1, folder.toString(), "-o", "reception.datamodel=no-such-set.ms");

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.lastLine()).startsWith("FAIL: the receiver did not get ready");
        assertThat(outcome.output()).contains("no-such-set.ms");
    }

    @Test
    void shouldFailWhenTheSenderFails() throws Exception {
        Outcome outcome = run("single-stream", 1, folder.toString(), "-o", "reader.start_chan=99");

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.lastLine()).startsWith("FAIL: ");
    }

    private static Outcome run(String example, int streams, String... arguments)
            throws IOException, InterruptedException {
        int port = FreePorts.first(streams);
        List<String> command = new ArrayList<>();
        command.add(QUICKSTART.resolve(example).resolve("run.sh").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-o", "transmission.target_port_start=" + port));
        command.addAll(List.of("-o", "reception.receiver_port_start=" + port));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CBFSDP_HOME", System.getProperty("distribution.home"));
        return Outcome.of(builder);
    }
}
