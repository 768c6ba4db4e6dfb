package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.cbfsdp.icd.DescriptorPlacement;
import org.cbfsdp.icd.IcdHeapEncoder;
import org.cbfsdp.icd.IcdHeapEncoder.IcdHeap;
import org.cbfsdp.payload.ChannelRange;
import org.junit.jupiter.api.Test;
import org.spead.agent.Agent;
import org.spead.send.SendConfig;
import org.spead.send.SendStream;
import org.spead.transport.memory.MemoryLink;

/** One heap may be in flight, two circulate; the stream's agent is driven by hand. */
class StreamSenderTest {
    private long now = 7;
    private final MemoryLink link = new MemoryLink("link", 1000);
    private final SendStream stream =
            new SendStream("send-0", SendConfig.builder().maxHeaps(1).build(), link.sink());
    private final StreamSender sender = new StreamSender(
            stream,
            new IcdHeapEncoder(new ChannelRange(0, 2), 3, 4, MemoryStreams.CONSTANTS),
            new ChannelRange(0, 2),
            2);

    @Test
    void shouldGiveAHeapBackWhenItIsSent() throws InterruptedException {
        IcdHeap first = sender.takeFree(() -> false);
        IcdHeap second = sender.takeFree(() -> false);
        assertThat(sender.takeFree(() -> true)).isNull();

        assertThat(sender.send(first, () -> false)).isTrue();
        drain();

        assertThat(sender.takeFree(() -> false)).isSameAs(first).isNotSameAs(second);
        assertThat(sender.firstError()).isNull();
    }

    @Test
    void shouldSayThatAHeapWasNotTakenWhenStopped() throws InterruptedException {
        IcdHeap first = sender.takeFree(() -> false);
        IcdHeap second = sender.takeFree(() -> false);
        sender.send(first, () -> false);

        assertThat(sender.send(second, () -> true)).isFalse();

        assertThat(sender.takeFree(() -> false)).as("free again").isSameAs(second);
        drain();
        assertThat(stream.stats().heaps()).isEqualTo(1);
    }

    @Test
    void shouldWaitForRoomUntilStopped() throws InterruptedException {
        sender.send(sender.takeFree(() -> false), () -> false);
        AtomicInteger asked = new AtomicInteger();
        assertThat(sender.send(sender.takeFree(() -> false), () -> asked.incrementAndGet() == 5))
                .isFalse();
        assertThat(asked).hasValue(5);
    }

    @Test
    void shouldEndTheAgentWithTheEndOfTheStream() {
        sender.sendStart(() -> false);
        drain();
        sender.sendEnd(() -> false);
        int work = 1;
        while (work != Agent.DONE) {
            work = stream.doWork();
        }
        assertThat(stream.stats().heaps()).isEqualTo(2);
    }

    @Test
    void shouldRememberTheFirstErrorAndGoOn() throws IOException, InterruptedException {
        link.source().close();
        sender.send(sender.takeFree(() -> false), () -> false);
        drain();
        Exception first = sender.firstError();
        assertThat(first).hasMessageContaining("link is closed");

        sender.send(sender.takeFree(() -> false), () -> false);
        drain();
        assertThat(sender.firstError()).isSameAs(first);
        assertThat(stream.stats().failedHeaps()).isEqualTo(2);
    }

    @Test
    void shouldSendTheDescriptorsAgainWhenDueWithoutAClaimOnTheRate() throws InterruptedException {
        SendConfig config = SendConfig.builder()
                .maxHeaps(3)
                .rateBytesPerSecond(1000)
                .burstBytes(1)
                .earlyNanos(0)
                .build();
        SendStream paced = new SendStream("send-0", config, link.sink(), () -> now);
        StreamSender again = new StreamSender(
                paced,
                new IcdHeapEncoder(
                        new ChannelRange(0, 2), 3, 4, MemoryStreams.CONSTANTS, DescriptorPlacement.START_HEAP),
                new ChannelRange(0, 2),
                2,
                new DescriptorSchedule(60_000_000_000L, 0, 1, () -> now),
                Waiting.PARKED);
        again.sendStart(() -> false);
        settle(paced);
        again.sendDescriptorsWhenDue(() -> false);
        assertThat(paced.isDrained()).as("not due yet").isTrue();

        now += 61_000_000_000L;
        again.sendDescriptorsWhenDue(() -> false);
        again.sendDescriptorsWhenDue(() -> false);
        again.send(again.takeFree(() -> false), () -> false);
        long before = now;
        while (!paced.isDrained() && paced.doWork() > 0) {
            // All that may go now.
        }

        assertThat(now).isEqualTo(before);
        assertThat(paced.stats().heaps()).as("start, descriptors, data").isEqualTo(3);
    }

    @Test
    void shouldNotSendDescriptorsThatAreUnderWayStill() {
        SendStream full = new SendStream("send-0", SendConfig.builder().build(), link.sink(), () -> now);
        StreamSender again = new StreamSender(
                full,
                new IcdHeapEncoder(
                        new ChannelRange(0, 2), 3, 4, MemoryStreams.CONSTANTS, DescriptorPlacement.START_HEAP),
                new ChannelRange(0, 2),
                2,
                new DescriptorSchedule(1000, 0, 1, () -> now),
                Waiting.PARKED);
        again.sendStart(() -> false);
        for (int i = 0; i < 5; i++) {
            now += 1000;
            again.sendDescriptorsWhenDue(() -> false);
        }
        settle(full);
        assertThat(full.stats().heaps()).isEqualTo(2);
        now += 1000;
        again.sendDescriptorsWhenDue(() -> false);
        settle(full);
        assertThat(full.stats().heaps()).isEqualTo(3);
    }

    private void settle(SendStream paced) {
        while (!paced.isDrained()) {
            if (paced.doWork() == 0) {
                now += paced.nanosUntilDue();
            }
        }
        now += 500_000_000;
    }

    private void drain() {
        while (!stream.isDrained()) {
            stream.doWork();
        }
    }
}
