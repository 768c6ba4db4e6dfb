package org.spead.transport.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;
import org.spead.transport.TransportContract;

class MemoryLinkTest extends TransportContract {
    @Override
    protected Pair open() {
        MemoryLink link = new MemoryLink("memory", 100);
        return new Pair(link.sink(), link.source());
    }

    @Override
    protected boolean has(Trait trait) {
        return true;
    }

    @Test
    void shouldFailToSendWhenNobodyReceivesAnyMore() throws IOException {
        MemoryLink link = new MemoryLink("line", 1);
        link.source().close();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> link.sink().send(new PacketBatch(1, 1), 0))
                .withMessage("the receiving end of line is closed");
    }

    @Test
    void shouldRefusePacketsThatNoDatagramCouldHold() {
        MemoryLink link = new MemoryLink("line", 1);
        PacketBatch batch = new PacketBatch(65_508, 1);
        batch.add(0, 65_508);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> link.sink().send(batch, 0))
                .withMessage("a packet of 65508 bytes is longer than the 65507 that line takes");
    }

    @Test
    void shouldWakeTheReceiverWhenTheSinkIsClosed() throws Exception {
        MemoryLink link = new MemoryLink("line", 1);
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicInteger result = new AtomicInteger();
        Agent receiver = new Agent() {
            @Override
            public String roleName() {
                return "receiver";
            }

            @Override
            public int doWork() {
                waiting.countDown();
                try {
                    result.set(link.source().receive(link.source().newBatch(), TimeUnit.SECONDS.toNanos(20)));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                return DONE;
            }
        };
        AgentRunner runner =
                new AgentRunner("receiver", List.of(receiver), IdleStrategy.backoff(), (agent, e) -> {}).start();
        waiting.await();
        link.sink().close();
        assertThat(runner.join(10_000)).isTrue();
        assertThat(result.get()).isEqualTo(PacketSource.END);
    }

    @Test
    void shouldRefuseToHoldNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemoryLink("line", 0))
                .withMessage("link line must hold at least 1 packet, not 0");
    }

    @Test
    void shouldTakeAnyNumberOfPacketsWhenUnbounded() throws IOException {
        MemoryLink link = MemoryLink.unbounded("endless");
        PacketBatch packet = new PacketBatch(4, 1);
        PacketBatch received = link.source().newBatch();
        packet.add(0, 4);
        int next = 0;
        int expected = 0;
        while (next < 10_000) {
            // Taken from in between, so that it grows with its packets around the end.
            for (int i = 0; i < 100; i++) {
                packet.buffer().putInt(0, next++);
                assertThat(link.sink().send(packet, 0)).isEqualTo(1);
            }
            for (int i = link.source().receive(received, 0) - 1, first = expected; i >= 0; i--) {
                assertThat(received.buffer().getInt(received.offset(i))).isEqualTo(first + i);
                expected++;
            }
        }
        link.sink().close();
        while (link.source().receive(received, 0) != PacketSource.END) {
            assertThat(received.buffer().getInt(received.offset(0))).isEqualTo(expected);
            expected += received.count();
        }
        assertThat(expected).isEqualTo(next);
    }
}
