package org.cbfsdp.telemetry.status;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands events to whoever has subscribed. Thread-safe; publishing never waits: a subscriber whose queue is full misses the
 * event, and its count says so.
 */
public final class EventBus {
    /** Events that wait for one subscriber at most. */
    static final int QUEUE_EVENTS = 256;

    /**
     * Something that has happened. Immutable.
     *
     * @param type {@code status}, {@code sensor} or {@code log}: letters only
     * @param json one line, an object
     */
    public record Event(String type, String json) {
        public Event {
            if (!type.chars().allMatch(Character::isLetter) || json.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("an event has a type of letters and one line of JSON");
            }
        }
    }

    /** One subscriber's events. {@link #poll} is called by one thread, the others by any. */
    public final class Subscription implements AutoCloseable {
        private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE_EVENTS);
        private final AtomicLong missed = new AtomicLong();

        private Subscription() {}

        /** The next event, or null. */
        public Event poll() {
            return queue.poll();
        }

        /** Events that found the queue full. */
        public long missedEvents() {
            return missed.get();
        }

        /** Gets no more events. Idempotent. */
        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }

    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    /** Everything published from now on. */
    public Subscription subscribe() {
        Subscription subscription = new Subscription();
        subscriptions.add(subscription);
        return subscription;
    }

    /** Hands {@code event} to each subscriber that has room. */
    public void publish(Event event) {
        for (Subscription subscription : subscriptions) {
            if (!subscription.queue.offer(event)) {
                subscription.missed.incrementAndGet();
            }
        }
    }
}
