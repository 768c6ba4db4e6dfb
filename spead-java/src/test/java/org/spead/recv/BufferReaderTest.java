package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.spead.WirePacket;
import org.spead.agent.Agent;
import org.spead.packet.PacketFault;

/** The reference vectors read from memory too; here is what they do not show. */
class BufferReaderTest {
    private final CollectingSink sink = new CollectingSink();
    private final BufferPool pool = new BufferPool(1 << 20);

    private BufferReader reader(ByteBuffer packets) {
        return new BufferReader(ReceiveConfig.defaults(), packets, sink, pool);
    }

    private static byte[] heaps(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int cnt = 1; cnt <= count; cnt++) {
            out.writeBytes(WirePacket.of(48, cnt, 4, 0, new byte[4]).bytes());
        }
        return out.toByteArray();
    }

    @Test
    void shouldReadFromPositionToLimitAndMoveNeither() {
        byte[] heaps = heaps(100);
        ByteBuffer buffer = ByteBuffer.allocate(heaps.length + 20);
        buffer.put(7, heaps).position(7).limit(7 + heaps.length);
        BufferReader reader = reader(buffer);

        assertThat(reader.doWork()).as("work in pieces").isEqualTo(64);
        assertThat(reader.doWork()).isEqualTo(Agent.DONE);
        assertThat(reader.doWork()).isEqualTo(Agent.DONE);
        assertThat(sink.heaps()).hasSize(100);
        assertThat(sink.ends).isEqualTo(1);
        assertThat(buffer.position()).isEqualTo(7);
        assertThat(reader.stats().get(StreamStat.BATCHES)).isEqualTo(2);
        assertThat(reader.stats().get(StreamStat.PACKETS)).isEqualTo(100);
    }

    @Test
    void shouldStopAtThePacketThatDoesNotDecode() {
        byte[] heaps = heaps(3);
        heaps[heaps.length / 3] = 0;
        BufferReader reader = reader(ByteBuffer.wrap(heaps));

        assertThat(reader.doWork()).isEqualTo(Agent.DONE);
        assertThat(sink.heaps()).hasSize(1);
        assertThat(reader.stats().get(PacketFault.BAD_MAGIC)).isEqualTo(1);
    }

    @Test
    void shouldEndAtOnceWhenThereIsNothing() {
        assertThat(reader(ByteBuffer.allocate(0)).doWork()).isEqualTo(Agent.DONE);
        assertThat(sink.ends).isEqualTo(1);
    }

    @Test
    void shouldEndWhenTheUserStopsIt() {
        BufferReader reader = reader(ByteBuffer.wrap(heaps(100)));
        reader.doWork();
        reader.stop();
        assertThat(reader.doWork()).isEqualTo(Agent.DONE);
        assertThat(sink.heaps()).hasSize(64);
        assertThat(sink.ends).isEqualTo(1);
    }
}
