package org.casacore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that know casacore tables without this library: python-casacore, taql, tar. */
final class Oracle {
    private static final String PREAMBLE =
            "import sys\nimport numpy as np\nfrom casacore.tables import *\na = sys.argv[1:]\n";

    private Oracle() {}

    /** Runs a script that finds its arguments in {@code a}; gives the lines it printed. */
    static List<String> python(String script, Object... arguments) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", PREAMBLE + script));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return run(command);
    }

    /** Runs a TaQL command; gives the lines it printed. */
    static List<String> taql(String query) {
        return run(List.of("taql", "-nopr", query));
    }

    /** Unpacks a sample set, such as {@code low8_both_4pol.ms}, into a directory. */
    static Path sample(String name, Path directory) {
        Path archive = Path.of(System.getProperty("project.root"), "quickstart", "samples", name + ".tar.xz");
        run(List.of("tar", "xJf", archive.toString(), "-C", directory.toString()));
        return directory.resolve(name);
    }

    static List<String> run(List<String> command) {
        try {
            Path errors = Files.createTempFile("oracle", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            String said = Files.readString(errors);
            Files.delete(errors);
            assertThat(ended).as("end of %s", command).isTrue();
            assertThat(process.exitValue())
                    .as("%s%n%s%n%s", command, said, lines)
                    .isZero();
            return lines;
        } catch (IOException e) {
            throw new AssertionError(command + " did not run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
