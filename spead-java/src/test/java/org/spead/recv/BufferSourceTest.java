package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spead.WirePacket;
import org.spead.agent.Agent;
import org.spead.packet.PacketFault;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

class BufferSourceTest {
    private static byte[] heaps(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int cnt = 1; cnt <= count; cnt++) {
            out.writeBytes(WirePacket.of(48, cnt, 4, 0, new byte[4]).bytes());
        }
        return out.toByteArray();
    }

    @Test
    void shouldHandOverEachPacketWhereItLies() {
        byte[] heaps = heaps(100);
        int length = heaps.length / 100;
        BufferSource source = new BufferSource(
                "memory",
                ByteBuffer.allocate(heaps.length + 9).put(5, heaps).position(5).limit(5 + heaps.length));
        PacketBatch batch = source.newBatch();

        assertThat(source.receive(batch, 0)).isEqualTo(64);
        assertThat(batch.offset(63)).isEqualTo(63 * length);
        assertThat(batch.length(63)).isEqualTo(length);
        assertThat(source.receive(batch, 0)).isEqualTo(36);
        assertThat(source.receive(batch, 0)).isEqualTo(PacketSource.END);
        assertThat(source.receive(batch, 0)).isEqualTo(PacketSource.END);
        assertThat(source.describe()).isEqualTo("memory");
    }

    @Test
    void shouldEndWithWhatIsNoPacket() {
        byte[] heaps = heaps(3);
        heaps[heaps.length / 3] = 0;
        CollectingSink sink = new CollectingSink();
        ReceiveStream stream = new ReceiveStream(
                ReceiveConfig.defaults(),
                List.of(new BufferSource("memory", ByteBuffer.wrap(heaps))),
                sink,
                new BufferPool(1 << 20));
        assertThat(stream.doWork()).isEqualTo(2);
        assertThat(stream.doWork()).isEqualTo(Agent.DONE);
        assertThat(sink.heaps()).hasSize(1);
        assertThat(stream.stats().get(PacketFault.BAD_MAGIC)).isEqualTo(1);
        sink.close();
    }

    @Test
    void shouldGiveNothingMoreWhenClosed() {
        BufferSource source = new BufferSource("memory", ByteBuffer.wrap(heaps(3)));
        source.close();
        source.close();
        assertThat(source.receive(source.newBatch(), 0)).isEqualTo(PacketSource.END);
    }

    @Test
    void shouldRefuseABatchOfAnotherSource() {
        BufferSource source = new BufferSource("memory", ByteBuffer.wrap(heaps(3)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.receive(new PacketBatch(1000, 3), 0))
                .withMessage("the batch was made by another source than memory");
    }
}
