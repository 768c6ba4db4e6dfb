package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spead.WirePacket;
import org.spead.agent.Agent;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.memory.MemoryLink;
import org.spead.transport.nio.UdpSource;

@Timeout(30)
class PlannedStreamTest {
    private final BufferPool pool = new BufferPool(1 << 20);
    private final CollectingSink sink = new CollectingSink();
    private final List<String> log = new ArrayList<>();

    private PlannedStream plan() {
        return new PlannedStream(
                ReceiveConfig.builder().streamId(4).receiveTimeoutNanos(0).build(), sink, pool);
    }

    private PacketSource logged(String name) {
        log.add("open " + name);
        return new PacketSource() {
            @Override
            public PacketBatch newBatch() {
                return new PacketBatch(100, 1);
            }

            @Override
            public int receive(PacketBatch batch, long timeoutNanos) {
                return 0;
            }

            @Override
            public String describe() {
                return name;
            }

            @Override
            public void close() throws IOException {
                log.add("close " + name);
                if (name.startsWith("bad")) {
                    throw new IOException(name);
                }
            }
        };
    }

    @Test
    void shouldOpenSourcesOnlyWhenStarted() throws IOException {
        try (PlannedStream plan = plan().addSource(() -> logged("a")).addSource(() -> logged("b"))) {
            assertThat(log).isEmpty();
            ReceiveStream stream = plan.start();
            assertThat(log).containsExactly("open a", "open b");
            assertThat(stream.doWork()).isZero();
            assertThat(stream.roleName()).isEqualTo("recv-4");
        }
        assertThat(log).containsExactly("open a", "open b", "close a", "close b");
    }

    @Test
    void shouldLeaveThePortToOthersUntilStarted() throws IOException {
        int port;
        try (UdpSource before = new UdpSource("127.0.0.1", 0, UdpSourceOptions.DEFAULT)) {
            port = before.port();
        }
        SourceOpener udp = () -> new UdpSource("127.0.0.1", port, UdpSourceOptions.DEFAULT);
        try (PlannedStream plan = plan().addSource(udp)) {
            udp.open().close();
            plan.start();
            assertThatThrownBy(udp::open).isInstanceOf(IOException.class);
        }
        udp.open().close();
    }

    @Test
    void shouldRefuseAReaderAfterTheStart() throws IOException {
        try (PlannedStream plan = plan().addSource(() -> logged("a"))) {
            plan.start();
            assertThatIllegalStateException()
                    .isThrownBy(() -> plan.addSource(() -> logged("b")))
                    .withMessage("stream 4 has started and cannot take another source");
            assertThatIllegalStateException()
                    .isThrownBy(plan::start)
                    .withMessage("stream 4 has started and cannot start");
        }
        assertThat(log).containsExactly("open a", "close a");
    }

    @Test
    void shouldCloseWhatItOpenedWhenASourceCannotBeOpened() throws IOException {
        List<IOException> faults = new ArrayList<>(List.of(new IOException("port in use")));
        try (PlannedStream plan = plan().addSource(() -> logged("a")).addSource(() -> {
            if (!faults.isEmpty()) {
                throw faults.remove(0);
            }
            return logged("b");
        })) {
            assertThatThrownBy(plan::start).hasMessage("port in use");
            assertThat(log).containsExactly("open a", "close a");
            plan.start();
            assertThat(log).containsExactly("open a", "close a", "open a", "open b");
        }
    }

    @Test
    void shouldNeedASourceAndCloseAllThoughOneFails() throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> plan().start());
        PlannedStream plan = plan().addSource(() -> logged("bad")).addSource(() -> logged("c"));
        plan.start();
        assertThatThrownBy(plan::close).hasMessage("a source of stream 4 could not be closed");
        assertThat(log).endsWith("close bad", "close c");
        plan.close();
    }

    @Test
    void shouldReadQueuesAndBuffersOfOneStreamTogether() throws IOException {
        MemoryLink link = MemoryLink.unbounded("queue");
        ReceiveStreamTest.send(
                link.sink(), WirePacket.of(48, 1, 8, 0, new byte[4]), WirePacket.of(48, 2, 4, 0, new byte[4]));
        byte[] rest = WirePacket.of(48, 1, 8, 4, new byte[4]).bytes();
        try (PlannedStream plan = plan().addSource(link::source)
                .addSource(() -> new BufferSource("buffer", java.nio.ByteBuffer.wrap(rest)))) {
            ReceiveStream stream = plan.start();
            assertThat(stream.doWork()).isEqualTo(3);
            assertThat(stream.doWork())
                    .as("the buffer has ended, and with it the stream")
                    .isEqualTo(Agent.DONE);
        }
        assertThat(sink.heaps()).extracting(Heap::cnt).containsExactly(2L, 1L);
        sink.close();
    }
}
