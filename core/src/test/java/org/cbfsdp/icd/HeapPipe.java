package org.cbfsdp.icd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.spead.agent.Agent;
import org.spead.recv.BufferPool;
import org.spead.recv.BufferReader;
import org.spead.recv.Heap;
import org.spead.recv.HeapSink;
import org.spead.recv.ReceiveConfig;
import org.spead.send.SendConfig;
import org.spead.send.SendHeap;
import org.spead.send.SendStream;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/** Heaps to bytes and bytes to heaps, through the SPEAD library. */
final class HeapPipe {
    private HeapPipe() {}

    /** The packets of some heaps, one behind the other. */
    static byte[] packets(SendHeap... heaps) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SendStream stream = new SendStream("test", SendConfig.builder().build(), new BytesSink(bytes));
        for (SendHeap heap : heaps) {
            stream.sendHeap(heap);
        }
        return bytes.toByteArray();
    }

    /** The complete heaps in some packets, the one that ends the stream included; to be closed by the caller. */
    static List<Heap> heaps(byte[] packets) {
        List<Heap> heaps = new ArrayList<>();
        HeapSink sink = heaps::add;
        ByteBuffer direct =
                ByteBuffer.allocateDirect(packets.length).put(packets).flip();
        ReceiveConfig config = ReceiveConfig.builder().stopOnStopItem(false).build();
        BufferReader reader = new BufferReader(config, direct, sink, new BufferPool(1 << 24));
        while (reader.doWork() != Agent.DONE) {
            // until all is read
        }
        reader.onClose();
        return heaps;
    }

    private record BytesSink(ByteArrayOutputStream bytes) implements PacketSink {
        @Override
        public PacketBatch newBatch(int maxPacketBytes) {
            return new PacketBatch(16 * maxPacketBytes, 16);
        }

        @Override
        public int send(PacketBatch batch, int first) {
            for (int i = first; i < batch.count(); i++) {
                byte[] packet = new byte[batch.length(i)];
                batch.buffer().get(batch.offset(i), packet);
                bytes.writeBytes(packet);
            }
            return batch.count() - first;
        }

        @Override
        public String describe() {
            return "bytes";
        }

        @Override
        public void close() {}
    }
}
