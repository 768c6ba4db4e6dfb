package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
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

    private void drain() {
        while (!stream.isDrained()) {
            stream.doWork();
        }
    }
}
