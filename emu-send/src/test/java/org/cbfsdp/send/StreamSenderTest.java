package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.cbfsdp.icd.DescriptorPlacement;
import org.cbfsdp.icd.IcdHeapEncoder;
import org.cbfsdp.payload.ChannelRange;
import org.junit.jupiter.api.Test;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.send.SendConfig;
import org.spead.send.SendStream;
import org.spead.transport.memory.MemoryLink;

/** Two heaps circulate; the stream's agent is driven by hand. */
class StreamSenderTest {
    private long now = 7;
    private final MemoryLink link = new MemoryLink("link", 1000);
    private final SendStream stream =
            new SendStream("send-0", SendConfig.builder().maxHeaps(2).build(), link.sink());
    private final StreamSender sender = new StreamSender(
            stream,
            new IcdHeapEncoder(new ChannelRange(0, 2), 3, 4, MemoryStreams.CONSTANTS),
            new ChannelRange(0, 2),
            2);

    @Test
    void shouldGiveAHeapBackWhenItIsSent() throws InterruptedException {
        LaidOutHeap first = sender.next(() -> false);
        assertThat(sender.next(() -> false)).as("until it is sent").isSameAs(first);
        assertThat(sender.send(() -> false)).isTrue();
        LaidOutHeap second = sender.next(() -> false);
        assertThat(second).isNotSameAs(first);
        assertThat(sender.send(() -> false)).isTrue();
        assertThat(sender.next(() -> true)).isNull();

        assertThat(sender.sentHeaps()).isZero();
        drain();

        assertThat(sender.next(() -> false)).isSameAs(first);
        assertThat(sender.firstError()).isNull();
        assertThat(sender.sentHeaps()).isEqualTo(2);
        assertThat(sender.sentBytes()).isEqualTo(2 * 2 * 3 * 34);
        assertThat(sender.hasEnded()).isFalse();
    }

    @Test
    void shouldWaitForAHeapUntilOneIsSent() throws Exception {
        sender.send(() -> false);
        sender.send(() -> false);
        AgentRunner runner =
                new AgentRunner("send", List.of(stream), IdleStrategy.backoffOrDue(), (agent, cause) -> {});
        LaidOutHeap next;
        try (runner) {
            runner.start();
            next = sender.next(() -> false);
        }
        assertThat(next).isNotNull();
    }

    @Test
    void shouldEndTheWaitForAHeapWhenInterrupted() {
        sender.send(() -> false);
        sender.send(() -> false);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> sender.next(() -> false)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldNotWakeAThreadThatHasGivenUpWaiting() throws InterruptedException {
        // Once more, because a park may end for no reason.
        boolean parks = parksAfterItHasGivenUp();
        if (!parks) {
            parks = parksAfterItHasGivenUp();
        }
        assertThat(parks).isTrue();
    }

    /** A thread that was woken without need would not park. */
    private boolean parksAfterItHasGivenUp() throws InterruptedException {
        sender.send(() -> false);
        sender.send(() -> false);
        assertThat(sender.next(() -> true)).isNull();
        drain();
        long begin = System.nanoTime();
        LockSupport.parkNanos(20_000_000);
        return System.nanoTime() - begin > 10_000_000;
    }

    @Test
    void shouldLetMoreHeapsCirculateThanMayBeInFlight() throws InterruptedException {
        StreamSender wide = new StreamSender(
                stream,
                new IcdHeapEncoder(new ChannelRange(0, 2), 3, 4, MemoryStreams.CONSTANTS),
                new ChannelRange(0, 2),
                2,
                3,
                DescriptorSchedule.NEVER,
                new StreamLag(0, 0, () -> now),
                Waiting.PARKED);
        List<LaidOutHeap> round = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            round.add(wide.next(() -> false));
            wide.send(() -> false);
            if (i % 2 == 1) {
                assertThat(wide.next(() -> true)).as("two in flight").isNull();
                drain();
            }
        }
        assertThat(round.subList(0, 3)).doesNotHaveDuplicates();
        assertThat(round.subList(3, 6)).isEqualTo(round.subList(0, 3));
    }

    @Test
    void shouldSayThatAHeapWasNotTakenWhenStopped() throws InterruptedException {
        SendStream single =
                new SendStream("send-0", SendConfig.builder().maxHeaps(1).build(), link.sink());
        StreamSender narrow = new StreamSender(
                single,
                new IcdHeapEncoder(new ChannelRange(0, 2), 3, 4, MemoryStreams.CONSTANTS),
                new ChannelRange(0, 2),
                2);
        narrow.send(() -> false);
        LaidOutHeap second = narrow.next(() -> false);
        AtomicInteger asked = new AtomicInteger();

        assertThat(narrow.send(() -> asked.incrementAndGet() == 5)).isFalse();

        assertThat(asked).hasValue(5);
        assertThat(narrow.next(() -> false)).as("still the next").isSameAs(second);
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
    void shouldRememberTheFirstErrorAndGoOn() throws IOException {
        link.source().close();
        sender.send(() -> false);
        drain();
        Exception first = sender.firstError();
        assertThat(first).hasMessageContaining("link is closed");

        sender.send(() -> false);
        drain();
        assertThat(sender.firstError()).isSameAs(first);
        assertThat(stream.stats().failedHeaps()).isEqualTo(2);
    }

    @Test
    void shouldSendTheDescriptorsAgainWhenDueWithoutAClaimOnTheRate() {
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
                2,
                new DescriptorSchedule(60_000_000_000L, 0, 1, () -> now),
                new StreamLag(0, 0, () -> now),
                Waiting.PARKED);
        again.sendStart(() -> false);
        settle(paced);
        again.sendDescriptorsWhenDue(() -> false);
        assertThat(paced.isDrained()).as("not due yet").isTrue();

        now += 61_000_000_000L;
        again.sendDescriptorsWhenDue(() -> false);
        again.sendDescriptorsWhenDue(() -> false);
        again.send(() -> false);
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
                2,
                new DescriptorSchedule(1000, 0, 1, () -> now),
                new StreamLag(0, 0, () -> now),
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

    @Test
    void shouldTellHowFarItIsBehindTheSchedule() throws InterruptedException {
        StreamSender scheduled = new StreamSender(
                stream,
                new IcdHeapEncoder(new ChannelRange(0, 2), 3, 4, MemoryStreams.CONSTANTS),
                new ChannelRange(0, 2),
                2,
                2,
                DescriptorSchedule.NEVER,
                new StreamLag(0, 0, () -> now),
                Waiting.PARKED);
        now = 1000;
        scheduled.next(() -> false).setDue(now);
        scheduled.send(() -> false);
        scheduled.next(() -> false).setDue(now + 100);
        scheduled.send(() -> false);
        now = 1070;
        assertThat(scheduled.lagNanos()).as("of the one under way").isEqualTo(70);
        drain();
        assertThat(scheduled.lagNanos()).as("the second was early").isZero();
        now = 9999;
        assertThat(scheduled.lagNanos()).as("nothing is under way").isZero();

        scheduled.next(() -> false).setDue(StreamLag.UNSCHEDULED);
        scheduled.send(() -> false);
        now = 99_999;
        assertThat(scheduled.lagNanos()).isZero();
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
