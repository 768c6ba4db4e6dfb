package org.cbfsdp.recv.consumer.mswriter;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.VisibilityDump;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;

/**
 * A thread that places one dump at a time. All but the agent's own methods are called by the consumer's thread, {@link #await} once after
 * each {@link #give}.
 */
final class PlacingThread implements Agent, AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(PlacingThread.class);

    private final DumpPlacement placement;
    private final Semaphore ended = new Semaphore(0);
    private final AgentRunner runner;
    private DumpBlock block;
    private boolean placed;
    private volatile VisibilityDump given;

    private PlacingThread(DumpPlacement placement) {
        this.placement = placement;
        this.runner = new AgentRunner(roleName(), List.of(this), IdleStrategy.woken(), PlacingThread::unexpected);
    }

    /** Starts the thread, with a placement that nobody else uses. */
    static PlacingThread start(DumpPlacement placement) {
        PlacingThread thread = new PlacingThread(placement);
        thread.runner.start();
        return thread;
    }

    /** Takes a dump and the block for it, both untouched by others until {@link #await} or {@link #close} returns. */
    void give(VisibilityDump dump, DumpBlock target) {
        block = target;
        given = dump;
        runner.wake();
    }

    /** Waits until the dump that was given is in its block; false when it could not be placed. */
    boolean await() {
        ended.acquireUninterruptibly();
        return placed;
    }

    /** Ends the thread after the dump under way. Idempotent. */
    @Override
    public void close() {
        runner.close();
    }

    @Override
    public String roleName() {
        return "consumer-mswriter-placement";
    }

    @Override
    public int doWork() {
        VisibilityDump dump = given;
        if (dump == null) {
            return 0;
        }
        given = null;
        placed = false;
        try {
            placement.place(dump, block);
            placed = true;
        } catch (RuntimeException | Error e) {
            // Of an error, too: who waits for the thread would wait for ever if it ended.
            LOG.debug("a dump was not placed ahead; the consumer's thread tries itself, and tells", e);
        } finally {
            ended.release();
        }
        return 1;
    }

    private static void unexpected(Agent agent, Throwable cause) {
        LOG.error("{} failed: {}", agent.roleName(), cause.getMessage(), cause);
    }
}
