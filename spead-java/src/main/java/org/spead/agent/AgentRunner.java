package org.spead.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Runs one or several agents on a thread of their own until each has ended or the runner is closed.
 *
 * <p>The only place where threads are made. A duty cycle that throws ends that agent: its {@link Agent#onClose()} is
 * called and the fault goes to the handler, while the other agents of the thread go on. {@link #start()} and
 * {@link #close()} may be called from any thread, except that an agent must not close its own runner.
 */
public final class AgentRunner implements AutoCloseable {
    private final List<Agent> agents;
    private final IdleStrategy idleStrategy;
    private final BiConsumer<Agent, Throwable> faultHandler;
    private final DutyCycles cycles = new DutyCycles();
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean idle;

    /**
     * Makes, but does not start, the thread.
     *
     * @param threadName role and stream, such as {@code recv-0}
     * @param agents served round robin
     * @param faultHandler called on the runner's thread with the agent that threw
     */
    public AgentRunner(
            String threadName,
            List<? extends Agent> agents,
            IdleStrategy idleStrategy,
            BiConsumer<Agent, Throwable> faultHandler) {
        this.agents = List.copyOf(agents);
        this.idleStrategy = idleStrategy;
        this.faultHandler = faultHandler;
        this.thread = new Thread(this::run, threadName);
        this.thread.setDaemon(true);
    }

    /** Starts the thread. */
    public AgentRunner start() {
        thread.start();
        return this;
    }

    /**
     * Says that there is work: a thread that found none, and is about to park or parked, comes back at once. Thread-safe;
     * costs nothing when the thread is at work, and has no effect unless its strategy is {@link IdleStrategy#woken()}.
     */
    public void wake() {
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    /** The thread's name. */
    public String name() {
        return thread.getName();
    }

    /**
     * The longest duty cycle since the thread began, in nanoseconds: what all its agents together took once, the cycle under way
     * included. Long ones are stalls. Any thread.
     */
    public long longestCycleNanos() {
        return cycles.longestNanos(System.nanoTime());
    }

    /** Whether the thread is still serving agents. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Waits until every agent has ended; an interrupt of the caller is passed on as such. */
    public void join() throws InterruptedException {
        thread.join();
    }

    /** Waits at most {@code millis} for the thread to end, and says whether it has. */
    public boolean join(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
        return !thread.isAlive();
    }

    /** Asks the thread to end after the duty cycle under way and waits for it. Idempotent. */
    @Override
    public void close() {
        running = false;
        if (thread == Thread.currentThread()) {
            throw new IllegalStateException("agent thread " + thread.getName() + " must not close its own runner");
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Agent> live = new ArrayList<>(agents.size());
        for (Agent agent : agents) {
            if (guarded(agent, agent::onStart)) {
                live.add(agent);
            } else {
                guarded(agent, agent::onClose);
            }
        }
        cycles.begin(System.nanoTime());
        while (running && !live.isEmpty()) {
            int work = dutyCycle(live);
            if (work == 0 && idleStrategy.isWoken()) {
                // Announced before the last look, so that who brings work after it knows whom to wake.
                idle = true;
                work = dutyCycle(live);
            }
            pause(work, live);
            idle = false;
        }
        cycles.pause();
        for (Agent agent : live) {
            guarded(agent, agent::onClose);
        }
    }

    /** The clock is read once a cycle, and once more after a pause, which costs far more. */
    private void pause(int work, List<Agent> live) {
        long now = System.nanoTime();
        cycles.end(now);
        if (work > 0) {
            idleStrategy.idle(work);
        } else {
            cycles.pause();
            idleStrategy.idle(0, nanosUntilDue(live));
            now = System.nanoTime();
        }
        cycles.begin(now);
    }

    private int dutyCycle(List<Agent> live) {
        int work = 0;
        for (int i = live.size() - 1; i >= 0; i--) {
            Agent agent = live.get(i);
            int done = work(agent);
            if (done == Agent.DONE) {
                live.remove(i);
                guarded(agent, agent::onClose);
            } else {
                work += done;
            }
        }
        return work;
    }

    private static long nanosUntilDue(List<Agent> live) {
        long soonest = live.isEmpty() ? 0 : Long.MAX_VALUE;
        // By index: an iterator a pause would be garbage.
        for (int i = 0; i < live.size(); i++) {
            soonest = Math.min(soonest, live.get(i).nanosUntilDue());
        }
        return soonest;
    }

    private int work(Agent agent) {
        try {
            return agent.doWork();
        } catch (RuntimeException | Error e) {
            faultHandler.accept(agent, e);
            return Agent.DONE;
        }
    }

    private boolean guarded(Agent agent, Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException | Error e) {
            faultHandler.accept(agent, e);
            return false;
        }
    }
}
