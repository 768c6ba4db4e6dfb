package org.spead.tutorial;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.item.ItemGroup;
import org.spead.recv.BufferPool;
import org.spead.recv.Heap;
import org.spead.recv.HeapPublisher;
import org.spead.recv.HeapRing;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.PlannedStream;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.recv.SourceOpener;

/** Receives the weather as a subscriber, from a source that is opened when the stream is started. */
final class SubscribeWeather {
    private SubscribeWeather() {}

    static List<String> receive(SourceOpener source) throws Exception {
        HeapRing ring = new HeapRing(4, OverflowPolicy.PAUSE);
        Subscriber subscriber = new Subscriber();
        try (PlannedStream plan = new PlannedStream(ReceiveConfig.defaults(), ring, new BufferPool(64 << 20))) {
            plan.addSource(source);
            ReceiveStream stream = plan.start();
            HeapPublisher publisher = new HeapPublisher(ring, stream::failure);
            publisher.subscribe(subscriber);
            try (AgentRunner thread = new AgentRunner(
                    "recv-weather", List.of(stream, publisher), IdleStrategy.backoff(), (agent, fault) -> {})) {
                thread.start().join();
            }
        }
        return subscriber.report;
    }

    /** Asks for one heap at a time. */
    private static final class Subscriber implements Flow.Subscriber<Heap> {
        final List<String> report = new ArrayList<>();
        private final ItemGroup items = new ItemGroup();
        private Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            subscription.request(1);
        }

        @Override
        public void onNext(Heap heap) {
            try (heap) {
                items.update(heap.items());
                report.add("heap " + heap.cnt());
            }
            subscription.request(1);
        }

        @Override
        public void onError(Throwable cause) {
            report.add("lost: " + cause.getMessage());
        }

        @Override
        public void onComplete() {
            report.add("the end");
        }
    }
}
