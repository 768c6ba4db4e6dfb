package org.cbfsdp.katgpucbf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.spead.agent.Agent;
import org.spead.recv.BufferPool;
import org.spead.recv.BufferReader;
import org.spead.recv.Heap;
import org.spead.recv.ReceiveConfig;

/**
 * Heaps of the correlator, byte by byte from the SPEAD specification: a second opinion, which uses nothing of the library to write.
 * Each is one packet.
 */
final class XengHeaps {
    private static final long IMMEDIATE = 1L << 63;

    private final ByteArrayOutputStream packets = new ByteArrayOutputStream();
    private long cnt;

    /** A data heap: timestamp and frequency immediate, int32 of one order or the other. */
    XengHeaps data(long timestamp, long frequency, boolean littleEndian, int... raw) {
        ByteBuffer payload = ByteBuffer.allocate(4 * raw.length);
        for (int value : raw) {
            payload.putInt(littleEndian ? Integer.reverseBytes(value) : value);
        }
        return heap(
                payload.array(),
                IMMEDIATE | 0x1600L << 48 | timestamp,
                IMMEDIATE | 0x4103L << 48 | frequency,
                0x1800L << 48);
    }

    /** A heap of these item pointers beside those that every heap has. */
    XengHeaps heap(byte[] payload, long... pointers) {
        cnt += 4;
        packets.writeBytes(packet(cnt, payload, pointers));
        return this;
    }

    /** A heap with one descriptor of the products, by a numpy header. */
    XengHeaps numpyDescriptor(String header) {
        byte[] name = "xeng_raw".getBytes(StandardCharsets.US_ASCII);
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        byte[] payload = new byte[name.length + text.length];
        System.arraycopy(name, 0, payload, 0, name.length);
        System.arraycopy(text, 0, payload, name.length, text.length);
        byte[] descriptor =
                packet(1, payload, IMMEDIATE | 0x14L << 48 | 0x1800, 0x10L << 48, 0x15L << 48 | name.length);
        return heap(descriptor, 0x5L << 48);
    }

    /** What a receiver makes of them; to be closed by the caller. */
    List<Heap> received() {
        return received(packets.toByteArray());
    }

    byte[] packets() {
        return packets.toByteArray();
    }

    static List<Heap> received(byte[] packets) {
        List<Heap> heaps = new ArrayList<>();
        BufferReader reader = new BufferReader(
                ReceiveConfig.builder().stopOnStopItem(false).build(),
                ByteBuffer.allocateDirect(packets.length).put(packets).flip(),
                heaps::add,
                new BufferPool(1 << 24));
        while (reader.doWork() != Agent.DONE) {
            // until all is read
        }
        reader.onClose();
        return heaps;
    }

    private static byte[] packet(long cnt, byte[] payload, long... pointers) {
        ByteBuffer out = ByteBuffer.allocate(8 + 8 * (4 + pointers.length) + payload.length);
        out.put((byte) 0x53).put((byte) 4).put((byte) 2).put((byte) 6).putShort((short) 0);
        out.putShort((short) (4 + pointers.length));
        out.putLong(IMMEDIATE | 1L << 48 | cnt);
        out.putLong(IMMEDIATE | 2L << 48 | payload.length);
        out.putLong(IMMEDIATE | 3L << 48);
        out.putLong(IMMEDIATE | 4L << 48 | payload.length);
        for (long pointer : pointers) {
            out.putLong(pointer);
        }
        return out.put(payload).array();
    }
}
