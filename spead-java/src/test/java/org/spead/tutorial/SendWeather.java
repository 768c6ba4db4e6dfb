package org.spead.tutorial;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.spead.item.Flavour;
import org.spead.item.ItemType;
import org.spead.item.ItemValue;
import org.spead.send.HeapBuilder;
import org.spead.send.SendConfig;
import org.spead.send.SendStream;
import org.spead.transport.PacketSink;

/** Sends the weather: descriptors first, then a heap a second, then the end. */
final class SendWeather {
    private SendWeather() {}

    static void send(PacketSink sink, int heaps) throws IOException {
        SendConfig config = SendConfig.builder().maxPacketBytes(1472).build();
        SendStream stream = new SendStream("send-weather", config, sink);
        HeapBuilder heap = new HeapBuilder(Flavour.SPEAD_64_48);

        heap.addStreamStart();
        heap.addDescriptor(Weather.SECONDS).addDescriptor(Weather.CELSIUS).addDescriptor(Weather.REMARK);
        stream.sendHeap(heap.build());

        ItemType seconds = ItemType.of(Weather.SECONDS);
        ItemType celsius = ItemType.of(Weather.CELSIUS);
        ItemType remark = ItemType.of(Weather.REMARK);
        for (int second = 0; second < heaps; second++) {
            heap.clear();
            heap.addItem(0x1000, seconds, seconds.ofLong(second));
            heap.addItem(0x1001, celsius, celsius.ofElements(masts(20 + second)));
            ItemValue words = remark.ofText("all is well at " + second);
            heap.addItem(0x1002, remark, words);
            stream.sendHeap(heap.build());
        }
        stream.sendHeap(heap.clear().addStreamStop().build());
    }

    /** Elements are handed over in this machine's byte order, whatever they have on the wire. */
    private static ByteBuffer masts(float degrees) {
        ByteBuffer elements = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        for (int mast = 0; mast < 4; mast++) {
            elements.putFloat(degrees + mast / 4f);
        }
        return elements.flip();
    }
}
