package org.cbfsdp.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Runs programs in a work folder, each bounded in time; ends those that are left when closed. */
final class Programs implements AutoCloseable {
    static final Path ROOT = Path.of(System.getProperty("project.root"));
    static final Path DISTRIBUTION = Path.of(System.getProperty("distribution.home"));
    static final String SEND = DISTRIBUTION.resolve("bin/emu-send").toString();
    static final String RECV = DISTRIBUTION.resolve("bin/emu-recv").toString();
    private static final String PYTHON = "/usr/bin/python3"; // the one that Debian's python3-casacore belongs to
    private static final long LIMIT_SECONDS = 30;
    private static final long POLL_NANOS = 20_000_000;

    private final Path folder;
    private final List<Program> started = new ArrayList<>();

    Programs(Path folder) {
        this.folder = folder;
    }

    /** Puts a sample set into the folder. */
    void unpack(String sample) throws Exception {
        String archive =
                ROOT.resolve("quickstart/samples/" + sample + ".tar.xz").toString();
        Outcome outcome = run("tar", "-xJf", archive);
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException(outcome.toString());
        }
    }

    /** What a piece of Python prints, which fails when it fails. */
    String python(String code) throws Exception {
        Outcome outcome = run(PYTHON, "-c", code);
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException(outcome.toString());
        }
        return outcome.output().strip();
    }

    Outcome run(String... command) throws Exception {
        return start(command).finish();
    }

    Program start(String... command) throws IOException {
        return start(Map.of(), command);
    }

    Program start(Map<String, String> environment, String... command) throws IOException {
        Path output = folder.resolve("output-" + started.size());
        Path errors = folder.resolve("errors-" + started.size());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Program program = new Program(List.of(command), builder.start(), output, errors);
        started.add(program);
        return program;
    }

    /** Waits for something to happen, at most as long as a program may run. */
    static void await(String what, BooleanSupplier happened) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + " did not happen within " + LIMIT_SECONDS + " s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() {
        started.forEach(program -> program.process.destroyForcibly());
        // Nothing writes into the folder any more when it is removed.
        started.forEach(program -> program.process.onExit().join());
    }

    /** A program that was started. */
    record Program(List<String> command, Process process, Path outputFile, Path errorFile) {
        /** Waits until it prints a line that begins so. */
        void awaitLine(String beginning) {
            awaitAlive(
                    "prints " + beginning, () -> text(outputFile).lines().anyMatch(line -> line.startsWith(beginning)));
        }

        /** Waits until its log has a line with these words. */
        void awaitLog(String words) {
            awaitAlive("logs " + words, () -> text(errorFile).contains(words));
        }

        private void awaitAlive(String what, BooleanSupplier happened) {
            await(command + " " + what, () -> {
                if (happened.getAsBoolean()) {
                    return true;
                }
                if (!process.isAlive()) {
                    throw new AssertionError(command + " ended: " + text(outputFile) + text(errorFile));
                }
                return false;
            });
        }

        /** Sends a signal by its name without SIG. */
        void signal(String name) {
            kill(name, Long.toString(process.pid()));
        }

        /** Sends a signal to all of its process group, which it must be the first of. */
        void signalGroup(String name) {
            kill(name, "-" + process.pid());
        }

        private static void kill(String name, String target) {
            try {
                new ProcessBuilder("kill", "-" + name, "--", target)
                        .redirectErrorStream(true)
                        .start()
                        .waitFor();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Waits for its end. */
        Outcome finish() throws Exception {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        command + " did not end within " + LIMIT_SECONDS + " s: " + text(outputFile) + text(errorFile));
            }
            return new Outcome(process.exitValue(), text(outputFile), text(errorFile));
        }

        private static String text(Path file) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** How a program ended, and what it said. */
    record Outcome(int exitCode, String output, String errors) {
        /** What it said to its user on standard error: everything but the log. */
        List<String> complaints() {
            return errors.lines()
                    .filter(line -> !line.matches("\\d{4}-\\d\\d-\\d\\dT.*"))
                    .toList();
        }

        String lastLine() {
            return output.lines().reduce("", (before, line) -> line);
        }
    }
}
