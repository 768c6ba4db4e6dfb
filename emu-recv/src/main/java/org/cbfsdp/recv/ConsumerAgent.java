package org.cbfsdp.recv;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.PreparingConsumer;
import org.cbfsdp.payload.VisibilityDump;
import org.spead.agent.Agent;

/**
 * Feeds one consumer from its own bounded queue, on its own thread.
 *
 * <p>{@link #offer} and {@link #endOfDumps} are called by the router thread, the agent methods by the consumer's thread, the
 * accounts may be read by any thread. A consumer that throws is closed at once and takes nothing more; what it did not take
 * is counted.
 */
final class ConsumerAgent implements Agent {
    private static final long RETRY_NANOS = 200_000;
    private static final long IDLE_NANOS = 100_000_000;

    private final String name;
    private final Consumer consumer;
    private final ConsumerContext context;
    private final QueuePolicy policy;
    private final DumpQueue queue;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final AtomicLong consumedDumps = new AtomicLong();
    private final AtomicLong droppedDumps = new AtomicLong();
    private long lastIdleNanos;
    private volatile Runnable onArrival = () -> {};
    private volatile boolean consuming;
    private volatile boolean ended;
    private volatile boolean closed;
    private volatile Throwable failure;

    ConsumerAgent(
            String name,
            Consumer consumer,
            ConsumerContext context,
            QueuePolicy policy,
            int queueCapacityDumps,
            long queueCapacityBytes) {
        this.name = name;
        this.consumer = consumer;
        this.context = context;
        this.policy = policy;
        this.queue = new DumpQueue(queueCapacityDumps, queueCapacityBytes);
    }

    /** What to call when there is a dump, or the end of dumps: wakes the consumer's thread. */
    void onArrival(Runnable wake) {
        onArrival = wake;
    }

    /** Completes when the consumer is ready, exceptionally with what its start threw. */
    CompletableFuture<Void> started() {
        return started;
    }

    /** Hands over a dump; the reference that comes with it is given back in every case. */
    void offer(VisibilityDump dump) {
        boolean taken = enqueue(dump);
        boolean dropping = policy == QueuePolicy.DROP_OLDEST;
        while (!taken && dropping && !closed) {
            dropping = drop(queue.pollUnseen());
            taken = enqueue(dump);
        }
        while (!taken && policy == QueuePolicy.BLOCK && !closed) {
            LockSupport.parkNanos(RETRY_NANOS);
            taken = enqueue(dump);
        }
        if (!taken) {
            drop(dump);
        } else if (closed) {
            discardQueue();
        }
        onArrival.run();
    }

    private boolean enqueue(VisibilityDump dump) {
        return !closed && queue.offer(dump);
    }

    /** Says that no dump will follow; the consumer is closed when its queue is empty. */
    void endOfDumps() {
        ended = true;
        onArrival.run();
    }

    @Override
    public String roleName() {
        return "consumer-" + name;
    }

    @Override
    public void onStart() {
        try {
            consumer.start(context);
            started.complete(null);
        } catch (RuntimeException | Error e) {
            failure = e;
            ended = true;
            started.completeExceptionally(e);
        }
    }

    @Override
    public int doWork() {
        if (failure != null) {
            return DONE;
        }
        boolean last = ended;
        // Before the dump leaves the queue, so that it is always in one or the other.
        consuming = true;
        VisibilityDump dump = queue.poll();
        if (dump == null) {
            consuming = false;
            return last ? DONE : idle();
        }
        try {
            showNext();
            consumer.consume(dump, queue.size() == 0);
            consumedDumps.incrementAndGet();
        } catch (RuntimeException | Error e) {
            failure = e;
            droppedDumps.incrementAndGet();
        } finally {
            dump.release();
            consuming = false;
        }
        return failure == null ? 1 : DONE;
    }

    private void showNext() {
        if (consumer instanceof PreparingConsumer preparing) {
            VisibilityDump next = queue.show();
            if (next != null) {
                preparing.prepare(next);
            }
        }
    }

    private int idle() {
        long now = System.nanoTime();
        if (now - lastIdleNanos >= IDLE_NANOS) {
            lastIdleNanos = now;
            try {
                consumer.idle();
            } catch (RuntimeException | Error e) {
                failure = e;
                return DONE;
            }
        }
        return 0;
    }

    @Override
    public void onClose() {
        closed = true;
        discardQueue();
        try {
            consumer.close();
        } catch (RuntimeException | Error e) {
            if (failure == null) {
                failure = e;
            } else {
                failure.addSuppressed(e);
            }
        } finally {
            // Only now does nobody read it any more.
            drop(queue.poll());
        }
    }

    /** The name that {@code reception.consumer} gave. */
    String name() {
        return name;
    }

    /** Dumps that the consumer took. */
    long consumedDumps() {
        return consumedDumps.get();
    }

    /** Dumps that wait for the consumer. */
    int queuedDumps() {
        return queue.size();
    }

    /** Whether dumps wait for the consumer, or it has one. */
    boolean isBusy() {
        return queue.size() > 0 || consuming;
    }

    /** The most dumps that may wait. */
    int queueCapacityDumps() {
        return queue.capacityDumps();
    }

    /** Dumps that it was not given, or failed on. */
    long droppedDumps() {
        return droppedDumps.get();
    }

    /** What ended it before its time, or null. */
    Throwable failure() {
        return failure;
    }

    /** Drops what waits but the dump that the consumer was shown, which it may be reading. */
    private void discardQueue() {
        boolean dropped = true;
        while (dropped) {
            dropped = drop(queue.pollUnseen());
        }
    }

    private boolean drop(VisibilityDump dump) {
        if (dump == null) {
            return false;
        }
        droppedDumps.incrementAndGet();
        dump.release();
        return true;
    }
}
