package org.spead.agent;

/**
 * A unit of work that is called over and over by one thread.
 *
 * <p>All methods are called by one thread at a time, the runner's (or a test's). An agent never blocks for longer than
 * its {@link AgentRunner} may need to notice a stop, and never sleeps by itself: it returns 0 when there was nothing to
 * do and leaves the pause to the runner.
 */
public interface Agent {
    /** What the agent is for and which stream it serves; part of the thread's name. */
    String roleName();

    /** Called once on the agent's thread before the first duty cycle. */
    default void onStart() {}

    /**
     * Does one bounded piece of work.
     *
     * @return an amount of work done, 0 when there was none or a pause is due before there is more, or {@link #DONE} when there will
     *     never be more
     */
    int doWork();

    /**
     * After a duty cycle that returned 0: the longest pause that this agent knows to be harmless. Called on the agent's
     * thread. By default the runner decides.
     */
    default long nanosUntilDue() {
        return Long.MAX_VALUE;
    }

    /** Called once on the agent's thread after the last duty cycle, also when a duty cycle threw. */
    default void onClose() {}

    /** Returned by {@link #doWork()} when the agent has ended by itself. */
    int DONE = -1;
}
