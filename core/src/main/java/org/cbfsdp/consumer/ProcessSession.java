package org.cbfsdp.consumer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The processes of a command that a consumer has started in a session of its own ({@code setsid}): those of the session, whose parent
 * may be gone, and descendants that have left it, as far as they were seen. Until it is closed it ends with the program, also when
 * that ends at once. Of Linux, which alone tells the session. Thread-safe.
 */
public final class ProcessSession implements AutoCloseable {
    /** Fields of /proc/PID/stat after the name, which is in brackets and may hold anything. */
    private static final int STATE = 0;

    private static final int SESSION = 3;

    private static final Set<ProcessSession> OPEN = ConcurrentHashMap.newKeySet();

    private final String id;
    private final Set<ProcessHandle> known = ConcurrentHashMap.newKeySet();

    /** Of the first process, which leads it or soon will. */
    public ProcessSession(ProcessHandle first) {
        id = Long.toString(first.pid());
        known.add(first);
        OPEN.add(this);
    }

    /** All that run now. Reads the whole list of processes. */
    public List<ProcessHandle> running() {
        ProcessHandle.allProcesses()
                .filter(process -> field(process, SESSION).equals(id))
                .forEach(known::add);
        for (ProcessHandle process : List.copyOf(known)) {
            process.descendants().forEach(known::add);
        }
        known.removeIf(process -> !isRunning(process));
        return List.copyOf(known);
    }

    /** Forgets them. Idempotent. */
    @Override
    public void close() {
        OPEN.remove(this);
    }

    /** Kills the processes of all sessions that are not closed; for a program that is to be gone at once. */
    public static void killAll() {
        for (ProcessSession session : OPEN) {
            session.running().forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** One that has ended, but was not asked for its exit code yet, is listed still. */
    private static boolean isRunning(ProcessHandle process) {
        String state = field(process, STATE);
        return process.isAlive() && !state.isEmpty() && !"ZX".contains(state);
    }

    /** Empty when there is no such process any more. */
    private static String field(ProcessHandle process, int index) {
        try {
            String stat = Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1)[index];
        } catch (IOException e) {
            return "";
        }
    }
}
