package org.spead.transport.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.spead.transport.PacketBatch;

class BufferSinkTest {
    private static PacketBatch batch(byte[]... packets) {
        PacketBatch batch = new PacketBatch(1 << 20, 64);
        for (byte[] packet : packets) {
            int offset = batch.end();
            batch.buffer().put(offset, packet);
            batch.add(offset, packet.length);
        }
        return batch;
    }

    @Test
    void shouldKeepPacketsBackToBackAsItGrows() throws IOException {
        long seed = 4;
        Random random = new Random(seed);
        BufferSink sink = new BufferSink(1 << 22);
        ByteBuffer expected = ByteBuffer.allocate(1 << 22);
        for (int i = 0; i < 30; i++) {
            byte[] packet = new byte[random.nextInt(100_000)];
            random.nextBytes(packet);
            expected.put(packet);
            assertThat(sink.send(batch(packet), 0)).isEqualTo(1);
        }
        assertThat(sink.packets()).as("seed %d", seed).isEqualTo(expected.flip());
        sink.clear();
        assertThat(sink.packets().remaining()).isZero();
    }

    @Test
    void shouldRefuseWhatGoesBeyondTheBound() throws IOException {
        BufferSink sink = new BufferSink(10);
        PacketBatch batch = batch(new byte[4], new byte[6], new byte[1]);
        assertThat(sink.send(batch, 0)).isEqualTo(2);
        assertThatThrownBy(() -> sink.send(batch, 2))
                .isInstanceOf(IOException.class)
                .hasMessage("a packet of 1 bytes does not fit behind 10 in a buffer of at most 10");
        assertThat(sink.packets().remaining()).isEqualTo(10);
    }

    @Test
    void shouldRefuseUseAfterCloseButKeepWhatItHas() throws IOException {
        BufferSink sink = new BufferSink(10);
        sink.send(batch(new byte[3]), 0);
        sink.close();
        sink.close();
        assertThatThrownBy(() -> sink.send(batch(new byte[3]), 0)).isInstanceOf(IOException.class);
        assertThat(sink.packets().remaining()).isEqualTo(3);
        assertThatThrownBy(() -> new BufferSink(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
