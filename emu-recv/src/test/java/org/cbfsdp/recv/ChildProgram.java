package org.cbfsdp.recv;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program as its own process, for what may happen once a process only. */
final class ChildProgram {
    private ChildProgram() {}

    /** What it ended with, and what it printed. */
    record Outcome(int exitCode, List<String> lines) {}

    static Outcome run(List<String> jvmOptions, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EmuRecv.class.getName()));
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = out.lines().toList();
            return new Outcome(child.waitFor(), lines);
        } finally {
            child.destroyForcibly();
        }
    }
}
