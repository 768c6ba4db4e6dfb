package org.spead.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.item.Flavour;
import org.spead.oracle.WalkedHeap;

class SendStreamTest {
    private static final Flavour FLAVOUR = Flavour.SPEAD_64_48;

    private record Done(SendHeap heap, long bytesSent, IOException error) {}

    private final CapturingSink sink = new CapturingSink(16);
    private final List<Done> done = new ArrayList<>();
    private final HeapCompletion completion = (heap, bytes, error) -> done.add(new Done(heap, bytes, error));
    private long now = 1_000;

    private SendStream stream(SendConfig.Builder config) {
        return new SendStream("send-0", config.build(), sink, () -> now);
    }

    private static SendHeap heap(int bytes) {
        HeapBuilder builder = new HeapBuilder(FLAVOUR);
        ByteBuffer data = ByteBuffer.allocateDirect(bytes);
        for (int i = 0; i < bytes; i++) {
            data.put(i, (byte) (i * 31 + bytes));
        }
        builder.addReference(0x1000, data);
        return builder.build();
    }

    private static void drain(SendStream stream) {
        for (int i = 0; !stream.isDrained(); i++) {
            assertThat(i).as("duty cycles").isLessThan(1_000_000);
            stream.doWork();
        }
    }

    @Test
    void shouldSendHeapsInOrderAndTellTheirOwners() {
        SendStream stream = stream(SendConfig.builder());
        SendHeap first = heap(10_000);
        SendHeap second = heap(5);
        assertThat(stream.doWork()).isZero();
        assertThat(stream.nanosUntilDue()).isEqualTo(Long.MAX_VALUE);

        assertThat(stream.offer(first, completion)).isTrue();
        assertThat(stream.offer(second, completion)).isTrue();
        assertThat(stream.nanosUntilDue()).isZero();
        drain(stream);

        Map<Long, WalkedHeap> sent = WalkedHeap.walk(sink.packets);
        assertThat(sent.keySet()).containsExactly(1L, 2L);
        assertThat(sent.get(1L).payload()).hasSize(10_000);
        assertThat(sent.get(1L).payload()[77]).isEqualTo((byte) (77 * 31 + 10_000));
        assertThat(done).extracting(Done::heap).containsExactly(first, second);
        assertThat(done).extracting(Done::error).containsOnlyNulls();
        assertThat(done.get(0).bytesSent() + done.get(1).bytesSent()).isEqualTo(sink.bytes());
        assertThat(stream.stats().heaps()).isEqualTo(2);
        assertThat(stream.stats().packets()).isEqualTo(sink.packets.size());
        assertThat(stream.stats().bytes()).isEqualTo(sink.bytes());
        assertThat(stream.stats().errors() + stream.stats().failedHeaps()).isZero();
    }

    @Test
    void shouldRefuseHeapsBeyondItsQueueUntilOneIsDone() {
        SendStream stream = stream(SendConfig.builder().maxHeaps(2));
        SendHeap third = heap(3);
        stream.offer(heap(100_000), completion);
        stream.offer(heap(2), completion);
        assertThat(stream.offer(third, completion)).isFalse();
        stream.doWork();
        assertThat(stream.offer(third, completion))
                .as("the first is still in flight")
                .isFalse();

        drain(stream);

        assertThat(stream.offer(third, completion)).isTrue();
        drain(stream);
        assertThat(done).hasSize(3);
    }

    @Test
    void shouldLetACompletionOfferAgain() {
        SendStream stream = stream(SendConfig.builder().maxHeaps(1));
        List<Boolean> taken = new ArrayList<>();
        HeapCompletion again = (heap, bytes, error) -> taken.add(stream.offer(heap, completion));
        stream.offer(heap(7), again);
        drain(stream);

        assertThat(taken).containsExactly(true);
        assertThat(done).hasSize(1);
        assertThat(WalkedHeap.walk(sink.packets)).hasSize(2);
    }

    @Test
    void shouldGoOnWhereAFullSinkStopped() {
        SendStream stream = stream(SendConfig.builder());
        sink.takeAtMost = 3;
        stream.offer(heap(50_000), completion);
        stream.offer(heap(50_000), completion);
        stream.doWork();
        sink.takeAtMost = 0;
        assertThat(stream.doWork()).isZero();
        assertThat(stream.nanosUntilDue()).isZero();
        sink.takeAtMost = 2;
        drain(stream);

        assertThat(WalkedHeap.walk(sink.packets)).hasSize(2);
        assertThat(done).hasSize(2);
    }

    @Test
    void shouldReportTheFirstErrorOfAHeapAndGoOn() {
        SendStream stream = stream(SendConfig.builder().maxPacketBytes(1024));
        stream.offer(heap(50_000), completion);
        stream.offer(heap(50_000), completion);
        stream.doWork();
        sink.failures = 2;
        drain(stream);

        assertThat(done.get(0).error()).hasMessage("failure, 1 to come");
        assertThat(done.get(1).error()).isNull();
        assertThat(stream.stats().errors()).isEqualTo(2);
        assertThat(stream.stats().failedHeaps()).isEqualTo(1);
        assertThat(stream.stats().heaps()).isEqualTo(1);
        assertThat(done.get(1).bytesSent() - done.get(0).bytesSent()).isEqualTo(2 * 1024);
        assertThat(done.get(0).bytesSent() + done.get(1).bytesSent()).isEqualTo(sink.bytes());
    }

    @Test
    void shouldCountHeapsFromTheSequenceAndOnRequest() {
        SendStream stream = stream(SendConfig.builder().maxHeaps(9).heapCntSequence(0xfffe, 3));
        Flavour narrow = new Flavour(16);
        for (int i = 0; i < 3; i++) {
            stream.offer(new HeapBuilder(narrow).addStreamStart().build(), completion);
        }
        stream.offer(heap(1), 77, completion);
        stream.offer(heap(1), completion);
        drain(stream);

        assertThat(WalkedHeap.walk(sink.packets).keySet()).containsExactly(0xfffeL, 1L, 4L, 77L, 0xfffeL + 9);
        assertThatThrownBy(() -> stream.offer(heap(1), 1L << 48, completion)).hasMessageContaining("heap count");
        assertThatThrownBy(() -> stream.offer(heap(1), -2, completion)).hasMessageContaining("heap count");
    }

    @Test
    void shouldPaceBurstsByTheClock() {
        SendStream stream = stream(SendConfig.builder()
                .rateBytesPerSecond(1_000_000)
                .burstBytes(4000)
                .earlyNanos(0)
                .maxPacketBytes(1000));
        stream.offer(heap(20_000), completion);
        long start = now;
        while (!stream.isDrained()) {
            int bytes = stream.doWork();
            if (bytes == 0) {
                long wait = stream.nanosUntilDue();
                assertThat(wait).isPositive();
                now += wait - 1;
                assertThat(stream.doWork()).as("a nanosecond early").isZero();
                now += 1;
            } else {
                assertThat(bytes).isLessThanOrEqualTo(4000);
            }
        }
        // All but the last, partial burst.
        assertThat(now - start).isEqualTo(sink.bytes() / 4000 * 4_000_000);
        assertThat(sink.calls).isEqualTo((int) (sink.bytes() / 4000 + 1));
    }

    @Test
    void shouldMixSmallHeapsInOneBatch() {
        SendStream stream = stream(SendConfig.builder().maxHeaps(10));
        for (int i = 0; i < 10; i++) {
            stream.offer(heap(100), completion);
        }
        stream.doWork();

        assertThat(sink.calls).isEqualTo(1);
        assertThat(done).hasSize(10);
    }

    @Test
    void shouldEndWhenFinishedAndDrained() {
        SendStream stream = stream(SendConfig.builder());
        stream.offer(heap(100), completion);
        stream.finish();
        assertThat(stream.doWork()).isPositive();
        assertThat(stream.doWork()).isEqualTo(Agent.DONE);
        assertThatThrownBy(() -> stream.offer(heap(1), completion)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldGiveUpWhatIsLeftWhenClosed() {
        SendStream stream = stream(SendConfig.builder());
        sink.takeAtMost = 2;
        stream.offer(heap(50_000), completion);
        stream.offer(heap(10), completion);
        stream.doWork();

        stream.onClose();
        stream.onClose();

        assertThat(done).hasSize(2).allSatisfy(d -> assertThat(d.error()).hasMessageContaining("closed"));
        assertThat(done.get(0).bytesSent()).isEqualTo(sink.bytes());
        assertThat(stream.isDrained()).isTrue();
        assertThat(stream.stats().failedHeaps()).isEqualTo(2);
        assertThatThrownBy(() -> stream.offer(heap(1), completion)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseHeapsThatCannotBeDivided() {
        SendStream stream = stream(SendConfig.builder().maxPacketBytes(56));
        SendHeap heap =
                new HeapBuilder(FLAVOUR).addStreamStart().repeatPointers(true).build();
        assertThatThrownBy(() -> stream.offer(heap, completion)).hasMessageContaining("does not fit");
        assertThat(stream.isDrained()).isTrue();
    }

    @Test
    void shouldThrowTheErrorOfABlockingSend() {
        SendStream stream = stream(SendConfig.builder());
        sink.failures = 1;
        assertThatThrownBy(() -> stream.sendHeap(heap(9))).isInstanceOf(IOException.class);
    }

    @Test
    void shouldServeAnotherThread() throws InterruptedException {
        long seed = 3;
        Random random = new Random(seed);
        CapturingSink slow = new CapturingSink(5);
        SendStream stream = new SendStream("send-0", SendConfig.builder().build(), slow);
        List<Integer> sizes = new ArrayList<>();
        List<Throwable> faults = new ArrayList<>();
        try (AgentRunner runner = new AgentRunner(
                "send-0", List.of(stream), IdleStrategy.backoff(), (agent, fault) -> faults.add(fault))) {
            runner.start();
            for (int i = 0; i < 2000; i++) {
                SendHeap heap = heap(1 + random.nextInt(5000));
                sizes.add((int) heap.payloadBytes());
                while (!stream.offer(heap, completion)) {
                    Thread.onSpinWait();
                }
            }
            stream.finish();
            assertThat(runner.join(60_000)).isTrue();
        }
        assertThat(faults).isEmpty();
        assertThat(done).hasSize(2000).allMatch(d -> d.error() == null);
        assertThat(WalkedHeap.walk(slow.packets).values().stream().map(h -> h.payload().length))
                .isEqualTo(sizes);
    }

    @Test
    void shouldMakeNoGarbagePerHeap() {
        SendStream stream = stream(SendConfig.builder().rateBytesPerSecond(1_000_000_000));
        sink.keep = false;
        SendHeap heap = heap(100_000);
        ByteBuffer[] data = {ByteBuffer.allocateDirect(100_000), ByteBuffer.allocateDirect(90_000)};
        send(stream, heap, data, 2000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);

        send(stream, heap, data, 5000);

        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(5000);
        assertThat(stream.stats().heaps()).isEqualTo(7000);
    }

    private void send(SendStream stream, SendHeap heap, ByteBuffer[] data, int times) {
        for (int i = 0; i < times; i++) {
            heap.setSegment(0, data[i % data.length]);
            stream.offer(heap, HeapCompletion.NONE);
            while (!stream.isDrained()) {
                stream.doWork();
                now += 50_000;
            }
        }
    }
}
