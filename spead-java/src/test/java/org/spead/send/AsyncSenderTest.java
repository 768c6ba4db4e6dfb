package org.spead.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.item.Flavour;
import org.spead.transport.memory.MemoryLink;

@Timeout(30)
class AsyncSenderTest {
    private final CapturingSink sink = new CapturingSink(16);
    private final SendStream stream =
            new SendStream("send-0", SendConfig.builder().maxHeaps(3).build(), sink);
    private final AsyncSender sender = new AsyncSender(stream);

    private static SendHeap heap(int bytes) {
        HeapBuilder builder = new HeapBuilder(Flavour.SPEAD_64_48);
        builder.addReference(0x1000, ByteBuffer.allocateDirect(bytes));
        return builder.build();
    }

    private void drain() {
        while (!stream.isDrained()) {
            stream.doWork();
        }
    }

    @Test
    void shouldTellTheBytesOfEachHeap() {
        CompletableFuture<Long> first = sender.send(heap(10));
        CompletableFuture<Long> group =
                sender.sendGroup(List.of(HeapReference.of(heap(3)), HeapReference.of(heap(4))), GroupMode.ROUND_ROBIN);
        assertThat(first).isNotDone();
        assertThat(sender.flush()).isNotDone();
        drain();

        assertThat(first).isCompletedWithValue(58L);
        assertThat(group).isCompletedWithValue(51L + 52);
        assertThat(sender.flush()).isCompleted();
    }

    @Test
    void shouldFailAtOnceWhenTheQueueIsFull() {
        SendHeap fourth = heap(4);
        List<CompletableFuture<Long>> taken = List.of(sender.send(heap(1)), sender.send(heap(2)), sender.send(heap(3)));

        assertThat(sender.send(fourth)).isCompletedExceptionally();
        assertThatThrownBy(() -> sender.send(fourth).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(QueueFullException.class)
                .hasMessageContaining("send-0 has no room");
        drain();
        assertThat(taken).allMatch(CompletableFuture::isDone);
        assertThat(sender.send(fourth)).isNotDone();
    }

    @Test
    void shouldFailWithTheErrorAndFlushNonetheless() {
        CompletableFuture<Long> bad = sender.send(heap(1));
        CompletableFuture<Long> good = sender.send(heap(2));
        CompletableFuture<Void> flushed = sender.flush();
        sink.failures = 1;
        drain();

        assertThatThrownBy(bad::get).hasCauseInstanceOf(IOException.class).hasMessageContaining("failure");
        assertThat(good).isCompleted();
        assertThat(flushed).isCompleted();
    }

    @Test
    void shouldGoOnSendingWhatWasCancelled() {
        SendHeap heap = heap(5000);
        CompletableFuture<Long> future = sender.send(heap);
        CompletableFuture<Void> flushed = sender.flush();
        sink.takeAtMost = 1;
        stream.doWork();

        assertThat(future.cancel(true)).isTrue();
        assertThat(flushed).isNotDone();
        assertThatThrownBy(() -> heap.segment(0)).hasMessageContaining("being sent");
        drain();

        assertThat(flushed).isCompleted();
        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        assertThat(stream.stats().heaps()).isEqualTo(1);
        assertThat(heap.segment(0).remaining()).isEqualTo(5000);
    }

    @Test
    void shouldNotLetAnybodyElseCompleteTheFlush() {
        assertThat(sender.send(heap(1))).isNotDone();
        assertThat(sender.flush().complete(null)).isTrue();
        assertThat(sender.flush()).isNotDone();
        drain();
        assertThat(sender.flush()).isCompleted();
    }

    @Test
    void shouldFailWhatIsLeftWhenTheStreamIsClosed() {
        CompletableFuture<Long> future = sender.send(heap(1));
        CompletableFuture<Void> flushed = sender.flush();
        stream.onClose();

        assertThatThrownBy(future::get).hasMessageContaining("was closed before the heap was sent");
        assertThat(flushed).isCompleted();
        assertThatThrownBy(() -> sender.send(heap(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldFailWhenTheReceivingEndHasStopped() throws IOException {
        MemoryLink link = new MemoryLink("link", 10);
        SendStream toNobody = new SendStream("send-1", SendConfig.builder().build(), link.sink());
        link.source().close();
        CompletableFuture<Long> future = new AsyncSender(toNobody).send(heap(1));
        toNobody.doWork();

        assertThatThrownBy(future::get).hasMessageContaining("the receiving end of link is closed");
    }

    @Test
    void shouldCompleteInOrderOnTheStreamsThread() throws Exception {
        List<Integer> order = new ArrayList<>();
        List<String> threads = new ArrayList<>();
        List<Throwable> faults = new ArrayList<>();
        try (AgentRunner runner = new AgentRunner(
                "send-0", List.of(stream), IdleStrategy.backoff(), (agent, fault) -> faults.add(fault))) {
            List<CompletableFuture<Void>> dependents = new ArrayList<>();
            List<SendHeap> heaps = List.of(heap(10), heap(20_000), heap(1));
            for (int i = 0; i < heaps.size(); i++) {
                int number = i;
                CompletableFuture<Long> future = sender.send(heaps.get(i));
                dependents.add(future.thenRun(() -> {
                    order.add(number);
                    threads.add(Thread.currentThread().getName());
                }));
            }
            CompletableFuture<Void> flushed = sender.flush();
            runner.start();
            flushed.get(20, TimeUnit.SECONDS);
            assertThat(dependents).hasSize(3).allMatch(CompletableFuture::isDone);
        }
        assertThat(order).containsExactly(0, 1, 2);
        assertThat(threads).containsOnly("send-0");
        assertThat(faults).isEmpty();
    }
}
