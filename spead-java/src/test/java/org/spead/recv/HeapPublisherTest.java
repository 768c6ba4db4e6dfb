package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;

/** The rules of reactive streams, case by case; the publisher's agent is driven by hand. */
@Timeout(30)
class HeapPublisherTest {
    private final AssemblyFixture stream = new AssemblyFixture(ReceiveConfig.builder());
    private final HeapRing ring = new HeapRing(100, OverflowPolicy.PAUSE);
    private final HeapPublisher publisher = new HeapPublisher(ring);

    @AfterEach
    void shouldHaveGivenAllMemoryBack() {
        ring.stop();
        assertThat(stream.pool.lentBytes()).isZero();
    }

    private void fill(int from, int to) {
        for (int cnt = from; cnt <= to; cnt++) {
            stream.give(cnt, 1, 0, new byte[1]);
            ring.heap((Heap) stream.sink.delivered.remove(0));
        }
    }

    /** Writes down what it is told. */
    private static class Recording implements Flow.Subscriber<Heap> {
        final List<String> signals = new ArrayList<>();
        Flow.Subscription subscription;
        Consumer<Flow.Subscription> onSubscribe = s -> {};
        Consumer<Heap> onNext = h -> {};

        @Override
        public void onSubscribe(Flow.Subscription given) {
            signals.add("subscribed");
            subscription = given;
            onSubscribe.accept(given);
        }

        @Override
        public void onNext(Heap heap) {
            try (heap) {
                signals.add(Long.toString(heap.cnt()));
                onNext.accept(heap);
            }
        }

        @Override
        public void onError(Throwable cause) {
            signals.add(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }

    private Recording subscribed() {
        Recording subscriber = new Recording();
        publisher.subscribe(subscriber);
        return subscriber;
    }

    @Test
    void shouldGiveNoMoreThanAskedFor() {
        fill(1, 10);
        Recording subscriber = subscribed();
        assertThat(publisher.doWork()).isZero();
        subscriber.subscription.request(2);
        subscriber.subscription.request(1);
        assertThat(publisher.doWork()).isEqualTo(3);
        assertThat(publisher.doWork()).isZero();
        assertThat(subscriber.signals).containsExactly("subscribed", "1", "2", "3");
        assertThat(ring.size()).isEqualTo(7);
    }

    @Test
    void shouldTakeTheDemandForWithoutEndWhenItIsSoLarge() {
        fill(1, 5);
        Recording subscriber = subscribed();
        subscriber.subscription.request(Long.MAX_VALUE);
        subscriber.subscription.request(Long.MAX_VALUE);
        assertThat(publisher.doWork()).isEqualTo(5);
        fill(6, 8);
        assertThat(publisher.doWork()).isEqualTo(3);
    }

    @Test
    void shouldBeAskedFromWithinItsSignals() {
        fill(1, 4);
        Recording subscriber = new Recording();
        subscriber.onSubscribe = s -> s.request(1);
        subscriber.onNext = h -> subscriber.subscription.request(1);
        publisher.subscribe(subscriber);
        assertThat(subscriber.signals)
                .as("no signal before onSubscribe returns")
                .containsExactly("subscribed");
        publisher.doWork();
        assertThat(subscriber.signals).containsExactly("subscribed", "1", "2", "3", "4");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void shouldRefuseADemandOfNothing(long demand) {
        fill(1, 3);
        Recording subscriber = subscribed();
        subscriber.subscription.request(1);
        subscriber.subscription.request(demand);
        publisher.doWork();
        subscriber.subscription.request(1);
        publisher.doWork();
        assertThat(subscriber.signals)
                .containsExactly("subscribed", "IllegalArgumentException: a subscriber asks for at least 1 heap");
    }

    @Test
    void shouldGiveNothingAfterACancelAndTheRestToTheNext() {
        fill(1, 5);
        Recording first = subscribed();
        first.subscription.request(10);
        first.onNext = heap -> {
            if (heap.cnt() == 2) {
                first.subscription.cancel();
                first.subscription.cancel();
                first.subscription.request(3);
            }
        };
        publisher.doWork();
        Recording second = subscribed();
        second.subscription.request(10);
        publisher.doWork();
        ring.endOfStream();
        publisher.doWork();
        assertThat(first.signals).containsExactly("subscribed", "1", "2");
        assertThat(second.signals).containsExactly("subscribed", "3", "4", "5", "complete");
    }

    @Test
    void shouldRefuseASecondSubscriber() {
        fill(1, 1);
        Recording first = subscribed();
        Recording second = subscribed();
        assertThat(second.signals)
                .containsExactly("subscribed", "IllegalStateException: there is a subscriber already");
        second.subscription.request(5);
        first.subscription.request(5);
        publisher.doWork();
        assertThat(first.signals).containsExactly("subscribed", "1");
        assertThat(second.signals).hasSize(2);
    }

    @Test
    void shouldRefuseToPublishToNobody() {
        assertThatNullPointerException().isThrownBy(() -> publisher.subscribe(null));
    }

    @Test
    void shouldCompleteWhenDrainedAndWithoutDemand() {
        fill(1, 2);
        Recording subscriber = subscribed();
        ring.endOfStream();
        assertThat(publisher.doWork()).as("heaps are left").isZero();
        subscriber.subscription.request(2);
        assertThat(publisher.doWork()).isEqualTo(2);
        assertThat(publisher.doWork()).isEqualTo(Agent.DONE);
        publisher.onClose();
        assertThat(subscriber.signals).containsExactly("subscribed", "1", "2", "complete");
        assertThat(subscribed().signals).as("later").containsExactly("subscribed", "complete");
    }

    @Test
    void shouldTellOfALostSource() {
        IOException lost = new IOException("cable pulled");
        HeapPublisher failing = new HeapPublisher(ring, () -> Optional.of(lost));
        Recording subscriber = new Recording();
        failing.subscribe(subscriber);
        fill(1, 1);
        ring.endOfStream();
        subscriber.subscription.request(5);
        failing.doWork();
        assertThat(failing.doWork()).isEqualTo(Agent.DONE);
        assertThat(subscriber.signals).containsExactly("subscribed", "1", "IOException: cable pulled");
        Recording late = new Recording();
        failing.subscribe(late);
        assertThat(late.signals).containsExactly("subscribed", "IOException: cable pulled");
    }

    @Test
    void shouldTellWhenItIsClosedEarly() {
        Recording subscriber = subscribed();
        publisher.onClose();
        publisher.onClose();
        assertThat(subscriber.signals).containsExactly("subscribed", "IllegalStateException: the publisher was closed");
    }

    @Test
    void shouldGiveTheLastSignalAfterOnSubscribe() {
        Recording subscriber = new Recording();
        subscriber.onSubscribe = s -> {
            ring.endOfStream();
            assertThat(publisher.doWork()).isEqualTo(Agent.DONE);
            subscriber.signals.add("returning");
        };
        publisher.subscribe(subscriber);
        assertThat(subscriber.signals).containsExactly("subscribed", "returning", "complete");
    }

    @Test
    void shouldCancelASubscriberThatThrows() {
        fill(1, 2);
        Recording subscriber = subscribed();
        subscriber.onNext = heap -> {
            throw new IllegalStateException("no good");
        };
        subscriber.subscription.request(5);
        assertThatThrownBy(publisher::doWork).hasMessage("no good");
        publisher.onClose();
        assertThat(subscriber.signals).containsExactly("subscribed", "1");
    }

    @Test
    void shouldServeTheNextSubscriberAfterOneThatThrowsWhenSubscribed() {
        fill(1, 2);
        Recording bad = new Recording();
        bad.onSubscribe = s -> {
            s.request(5);
            throw new IllegalStateException("no good");
        };
        assertThatThrownBy(() -> publisher.subscribe(bad)).hasMessage("no good");
        assertThat(publisher.doWork()).isZero();
        Recording next = subscribed();
        next.subscription.request(5);
        publisher.doWork();
        assertThat(bad.signals).containsExactly("subscribed");
        assertThat(next.signals).containsExactly("subscribed", "1", "2");
    }

    @Test
    void shouldPublishEveryHeapBetweenThreads() throws InterruptedException {
        int heaps = 3000;
        List<Long> seen = new ArrayList<>();
        Recording subscriber = new Recording();
        subscriber.onSubscribe = s -> s.request(1);
        subscriber.onNext = heap -> {
            seen.add(heap.cnt());
            subscriber.subscription.request(1);
        };
        try (AgentRunner runner = new AgentRunner("publish", List.of(publisher), IdleStrategy.backoff(), (a, e) -> {
                    throw new AssertionError(e);
                })
                .start()) {
            publisher.subscribe(subscriber);
            fill(1, heaps);
            ring.endOfStream();
            assertThat(runner.join(20_000)).isTrue();
        }
        assertThat(seen).hasSize(heaps).isSorted();
        assertThat(subscriber.signals).endsWith("complete");
    }
}
