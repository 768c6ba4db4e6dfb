package org.cbfsdp.consumer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The processes of a command that a consumer has started in a session of its own ({@code setsid}): those of the session, whose parent
 * may be gone, and descendants that have left it, as far as they were seen. Until it is closed it ends with the program, also when
 * that ends at once. Of Linux, which alone tells the session. Thread-safe.
 */
public final class ProcessSession implements AutoCloseable {
    /** Looks of {@link #killAll}, as what is to be killed may start others until it is. */
    private static final int MOST_ROUNDS = 10;

    /** How long a start under way may take when all are to be gone. */
    private static final long LONGEST_START_NANOS = 1_000_000_000;

    /** Held while one starts, so that none is overlooked. */
    private static final Lock STARTS = new ReentrantLock();

    private static final Set<ProcessSession> OPEN = ConcurrentHashMap.newKeySet();

    private final long id;
    private final Set<ProcessHandle> known = ConcurrentHashMap.newKeySet();

    /** Of the first process, which leads it or soon will. */
    public ProcessSession(ProcessHandle first) {
        id = first.pid();
        known.add(first);
        OPEN.add(this);
    }

    /** All that run now. Reads the whole list of processes, once: some milliseconds where there are hundreds. */
    public List<ProcessHandle> running() {
        List<ProcessStat> all = ProcessStat.running();
        Set<Long> alive = all.stream().map(ProcessStat::pid).collect(Collectors.toSet());
        known.removeIf(process -> !alive.contains(process.pid()) || !process.isAlive());
        Set<Long> members = known.stream().map(ProcessHandle::pid).collect(Collectors.toCollection(HashSet::new));
        boolean more = true;
        while (more) {
            more = false;
            for (ProcessStat process : all) {
                boolean belongs = process.session() == id || members.contains(process.parent());
                if (belongs && members.add(process.pid())) {
                    ProcessHandle.of(process.pid()).ifPresent(known::add);
                    more = true;
                }
            }
        }
        return List.copyOf(known);
    }

    /** Forgets them. Idempotent. */
    @Override
    public void close() {
        OPEN.remove(this);
    }

    /** To be held from before a process starts until its session is made. */
    public static Lock starts() {
        return STARTS;
    }

    /**
     * As {@link #killAll()}, for a program that is to be gone at once: whoever would start another waits for that. A start under way
     * is waited for no longer than a second, as one may hang, on a file system that does not answer.
     */
    public static void killAllForGood() {
        endStarts();
        killAll();
    }

    /** Waits out its time also when the thread is interrupted. */
    private static void endStarts() {
        long deadlineNanos = System.nanoTime() + LONGEST_START_NANOS;
        boolean interrupted = false;
        boolean over = false;
        while (!over) {
            try {
                over = STARTS.tryLock(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS)
                        || deadlineNanos - System.nanoTime() <= 0;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills the processes of all sessions that are not closed. */
    public static void killAll() {
        for (ProcessSession session : OPEN) {
            List<ProcessHandle> left = session.running();
            for (int round = 0; round < MOST_ROUNDS && !left.isEmpty(); round++) {
                left.forEach(ProcessHandle::destroyForcibly);
                left = session.running();
            }
        }
    }
}
