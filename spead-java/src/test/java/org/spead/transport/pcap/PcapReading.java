package org.spead.transport.pcap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/** Reads captures from memory and keeps the packets. */
final class PcapReading {
    private PcapReading() {}

    static PcapSource open(byte[] file, PcapFilter filter) throws IOException {
        return new PcapSource(
                Channels.newChannel(new ByteArrayInputStream(file)),
                "test.pcap",
                filter,
                ByteBuffer.allocate(CaptureWindow.CAPACITY_BYTES));
    }

    static List<byte[]> packets(PacketSource source) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        PacketBatch batch = source.newBatch();
        while (source.receive(batch, 0) != PacketSource.END) {
            for (int i = 0; i < batch.count(); i++) {
                byte[] packet = new byte[batch.length(i)];
                batch.buffer().get(batch.offset(i), packet);
                packets.add(packet);
            }
        }
        return packets;
    }
}
