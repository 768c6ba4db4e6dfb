package org.spead.recv;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.spead.agent.Agent;

/**
 * The heaps of a ring as a {@link Flow.Publisher}: whole heaps, each the subscriber's to close.
 *
 * <p>An agent, on whose thread all signals but {@code onSubscribe} come. It takes from the ring only what the subscriber has
 * asked for; the rest waits in the ring, which then acts by its {@link OverflowPolicy}. When the ring has ended, the
 * subscriber is told of completion, or of the error that lost a source; whoever subscribes later is told the same. When the
 * agent's runner is closed before that, the subscriber is told by an {@link IllegalStateException}.
 *
 * <p>There is one subscriber at a time, as each heap can go to one only: a second is refused by {@code onError} with an
 * {@link IllegalStateException}. After a cancel the next one may subscribe and gets the heaps that follow. A demand of 0 or
 * less ends the subscription by {@code onError} with an {@link IllegalArgumentException}. A subscriber that throws is treated as
 * one that has cancelled: what {@code onSubscribe} throws goes to whoever subscribed, anything else ends the agent. A heap may still
 * come while another thread cancels; it, too, is to be closed.
 */
public final class HeapPublisher implements Flow.Publisher<Heap>, Agent {
    private final HeapRing ring;
    private final Supplier<? extends Optional<? extends Throwable>> failure;
    private final Object lock = new Object();
    private HeapSubscription current;
    private LastSignal outcome;

    /** A publisher for a ring whose streams do not fail, or whose failure does not matter. */
    public HeapPublisher(HeapRing ring) {
        this(ring, Optional::empty);
    }

    /**
     * A publisher that tells of a lost source.
     *
     * @param failure asked when the ring has ended, such as {@code stream::failure}
     */
    public HeapPublisher(HeapRing ring, Supplier<? extends Optional<? extends Throwable>> failure) {
        this.ring = ring;
        this.failure = failure;
    }

    /** Thread-safe; {@code onSubscribe} comes on the caller's thread, and so does a refusal. */
    @Override
    public void subscribe(Flow.Subscriber<? super Heap> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        HeapSubscription subscription = new HeapSubscription(subscriber);
        boolean accepted;
        synchronized (lock) {
            accepted = outcome == null && (current == null || current.isCancelled());
            current = accepted ? subscription : current;
        }
        try {
            subscriber.onSubscribe(subscription);
        } catch (RuntimeException | Error e) {
            subscription.cancel();
            throw e;
        }
        LastSignal last;
        synchronized (lock) {
            // The agent gives no signal before this; so when it has ended meanwhile, the last one is ours to give.
            subscription.setReady();
            last = outcome;
        }
        if (last != null) {
            subscription.finish(last);
        } else if (!accepted) {
            subscription.finish(s -> s.onError(new IllegalStateException("there is a subscriber already")));
        }
    }

    @Override
    public String roleName() {
        return "publish-heaps";
    }

    /** Hands over at most a batch of heaps. */
    @Override
    public int doWork() {
        HeapSubscription subscription = readySubscription();
        int count = subscription == null ? 0 : subscription.deliver(ring);
        if (count > 0 || !ring.isEnded()) {
            return count;
        }
        end(ended());
        return DONE;
    }

    /** Tells the subscriber, unless that has been done. */
    @Override
    public void onClose() {
        end(
                ring.isEnded()
                        ? ended()
                        : subscriber -> subscriber.onError(new IllegalStateException("the publisher was closed")));
    }

    private HeapSubscription readySubscription() {
        synchronized (lock) {
            return current != null && current.isReady() ? current : null;
        }
    }

    private LastSignal ended() {
        Throwable cause = failure.get().orElse(null);
        return cause == null ? Flow.Subscriber::onComplete : subscriber -> subscriber.onError(cause);
    }

    private void end(LastSignal how) {
        HeapSubscription last;
        synchronized (lock) {
            if (outcome != null) {
                return;
            }
            outcome = how;
            last = current != null && current.isReady() ? current : null;
            current = null;
        }
        if (last != null) {
            last.finish(how);
        }
    }

    /** The last signal to a subscriber. */
    interface LastSignal {
        void signal(Flow.Subscriber<? super Heap> subscriber);
    }
}
