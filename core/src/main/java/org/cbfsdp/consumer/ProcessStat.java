package org.cbfsdp.consumer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What Linux says of a process in {@code /proc/PID/stat}. Immutable. */
record ProcessStat(long pid, long parent, long session) {
    private static final Path PROCESSES = Path.of("/proc");

    /** Fields after the name, which is in brackets and may hold anything. */
    private static final int STATE = 0;

    private static final int PARENT = 1;
    private static final int SESSION = 3;

    /** All that run; one that has ended, but was not asked for its exit code yet, does not. */
    static List<ProcessStat> running() {
        String[] names = PROCESSES.toFile().list((folder, name) -> Character.isDigit(name.charAt(0)));
        return names == null
                ? List.of()
                : Arrays.stream(names)
                        .map(ProcessStat::of)
                        .flatMap(Optional::stream)
                        .toList();
    }

    /** Nothing when there is no such process any more. */
    private static Optional<ProcessStat> of(String pid) {
        try {
            String stat = Files.readString(PROCESSES.resolve(pid).resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", SESSION + 2);
            return "ZX".contains(fields[STATE])
                    ? Optional.empty()
                    : Optional.of(new ProcessStat(
                            Long.parseLong(pid), Long.parseLong(fields[PARENT]), Long.parseLong(fields[SESSION])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
