package org.cbfsdp.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How a process ended, and all it said. Immutable.
 *
 * @param output standard output and error together
 */
record Outcome(int exitCode, String output) {
    private static final long LIMIT_SECONDS = 180;

    /** Runs a process to its end; one that does not end in time is a failure, and is ended. */
    static Outcome of(ProcessBuilder builder) throws IOException, InterruptedException {
        Path log = Files.createTempFile("outcome", ".log");
        Process process = builder.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends within %d s", builder.command(), LIMIT_SECONDS)
                    .isTrue();
            return new Outcome(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
        } finally {
            process.destroy();
            Files.delete(log);
        }
    }

    /** The last line, or nothing. */
    String lastLine() {
        return output.lines().reduce("", (before, line) -> line);
    }
}
