package org.cbfsdp.recv.consumer.mswriter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A sample set of the project as the data model, and what python-casacore finds in a set written after it. */
final class SampleSet {
    static final String NAME = "low8_both_4pol.ms";
    private static final int TIMEOUT_SECONDS = 60;
    private static final String PYTHON = "/usr/bin/python3"; // the one that Debian's python3-casacore belongs to

    private SampleSet() {}

    static Path unpack(Path folder) throws Exception {
        Path archive = Path.of(System.getProperty("project.root"), "quickstart", "samples", NAME + ".tar.xz");
        run(List.of("tar", "-xJf", archive.toString(), "-C", folder.toString()));
        return folder.resolve(NAME);
    }

    /** A line a dump; see the script. */
    static List<String> describe(Path written, Path model) throws Exception {
        return script("describe_written.py", written, model);
    }

    /** One line; see the script. */
    static String describeObservation(Path written, Path model) throws Exception {
        return String.join("\n", script("describe_observation.py", written, model));
    }

    private static List<String> script(String name, Path written, Path model) throws Exception {
        Path script = Path.of(SampleSet.class.getResource(name).toURI());
        return run(List.of(PYTHON, script.toString(), written.toString(), model.toString()))
                .lines()
                .toList();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("command", ".err");
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " failed: " + Files.readString(errors) + output);
        }
        Files.delete(errors);
        return output;
    }
}
