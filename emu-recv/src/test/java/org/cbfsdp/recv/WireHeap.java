package org.cbfsdp.recv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Data heaps of the interface as two packets each, byte by byte from the SPEAD specification: a second opinion, which uses nothing
 * of the library. All scalars are little-endian in the payload; the correlator output follows them.
 */
final class WireHeap {
    private static final int SCALAR_BYTES = 32;
    private static final int[] IDS = {0x6000, 0x6001, 0x6002, 0x6003, 0x6005, 0x6008, 0x600A};
    private static final int[] OFFSETS = {0, 4, 8, 12, 16, 20, SCALAR_BYTES};

    long cnt;
    long ticks;
    long scanId = 1;
    int firstChannel;
    int channels = 2;
    int baselines = 3;
    int surplusBytes;

    WireHeap(long cnt, long ticks, int firstChannel) {
        this.cnt = cnt;
        this.ticks = ticks;
        this.firstChannel = firstChannel;
    }

    /** The heap in two packets, the items in the first. */
    List<byte[]> packets() {
        byte[] payload = new byte[SCALAR_BYTES + channels * baselines * 34 + surplusBytes];
        ByteBuffer.wrap(payload)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, (int) (ticks >>> 32))
                .putInt(4, (int) ticks)
                .putInt(8, firstChannel)
                .putInt(12, channels)
                .putInt(16, baselines)
                .putLong(20, scanId);
        int half = payload.length / 2;
        List<byte[]> packets = new ArrayList<>();
        packets.add(packet(cnt, payload, 0, half, true));
        packets.add(packet(cnt, payload, half, payload.length, false));
        return packets;
    }

    /** A heap that ends a stream. */
    static byte[] stop(long cnt) {
        byte[] packet = new byte[8 + 6 * 8];
        header(packet, 6)
                .putLong(immediate(1, cnt))
                .putLong(immediate(2, 0))
                .putLong(immediate(3, 0))
                .putLong(immediate(4, 0))
                .putLong(immediate(6, 2))
                .putLong(immediate(0, 0));
        return packet;
    }

    private static byte[] packet(long cnt, byte[] payload, int from, int to, boolean withItems) {
        int items = withItems ? 4 + IDS.length : 4;
        byte[] packet = new byte[8 + 8 * items + to - from];
        ByteBuffer out = header(packet, items)
                .putLong(immediate(1, cnt))
                .putLong(immediate(2, payload.length))
                .putLong(immediate(3, from))
                .putLong(immediate(4, to - from));
        for (int i = 0; withItems && i < IDS.length; i++) {
            out.putLong((long) IDS[i] << 48 | OFFSETS[i]);
        }
        out.put(payload, from, to - from);
        return packet;
    }

    /** Magic 0x53, version 4, item ids of 2 bytes, addresses of 6. */
    private static ByteBuffer header(byte[] packet, int items) {
        return ByteBuffer.wrap(packet)
                .put((byte) 0x53)
                .put((byte) 4)
                .put((byte) 2)
                .put((byte) 6)
                .putShort((short) 0)
                .putShort((short) items);
    }

    private static long immediate(int id, long value) {
        return 1L << 63 | (long) id << 48 | (value & 0xFFFF_FFFF_FFFFL);
    }
}
