package org.spead.oracle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spead.SpeadVector;
import org.spead.item.Flavour;
import org.spead.item.RawItem;

/**
 * A heap put together from its packets in the plainest way, to check the library against. Expects whole heaps with a heap
 * length; fails on anything odd.
 */
public final class WalkedHeap {
    /** An item pointer, taken apart. */
    public record Pointer(boolean immediate, int id, long value) {}

    private final int addressBytes;
    private final List<Pointer> pointers = new ArrayList<>();
    private final byte[] payload;
    private final boolean[] present;
    private int packets;

    private WalkedHeap(int addressBytes, int length) {
        this.addressBytes = addressBytes;
        this.payload = new byte[length];
        this.present = new boolean[length];
    }

    /** Assembles the heaps of a reference stream. */
    public static Map<Long, WalkedHeap> walk(SpeadVector stream) {
        return walk(packets(stream));
    }

    /** The packets of a reference stream. */
    public static List<byte[]> packets(SpeadVector stream) {
        List<byte[]> packets = new ArrayList<>();
        for (SpeadVector.Packet packet : stream.packets()) {
            packets.add(Arrays.copyOfRange(stream.bytes(), packet.offset(), packet.offset() + packet.length()));
        }
        return packets;
    }

    /** Assembles heaps, by heap count, from packets in any order. */
    public static Map<Long, WalkedHeap> walk(List<byte[]> packets) {
        Map<Long, WalkedHeap> heaps = new LinkedHashMap<>();
        for (byte[] packet : packets) {
            add(packet, heaps);
        }
        heaps.values().forEach(WalkedHeap::requireComplete);
        return heaps;
    }

    private static void add(byte[] packet, Map<Long, WalkedHeap> heaps) {
        require(packet[0] == 0x53 && packet[1] == 4 && packet[2] + packet[3] == 8, "header");
        require(packet[4] == 0 && packet[5] == 0, "reserved bytes");
        int addressBytes = packet[3];
        int count = (packet[6] & 0xff) * 256 + (packet[7] & 0xff);
        Map<Integer, Long> special = new LinkedHashMap<>();
        List<Pointer> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Pointer pointer = pointer(Arrays.copyOfRange(packet, 8 + 8 * i, 16 + 8 * i), addressBytes);
            if (pointer.id() >= 1 && pointer.id() <= 4) {
                require(pointer.immediate() && i < 4 && i + 1 == pointer.id(), "order of the first pointers");
                special.put(pointer.id(), pointer.value());
            } else {
                items.add(pointer);
            }
        }
        int start = 8 + 8 * count;
        int length = Math.toIntExact(special.get(4));
        require(length > 0, "a packet without payload");
        require(start + length == packet.length, "packet length");
        int heapLength = Math.toIntExact(special.get(2));
        WalkedHeap heap = heaps.computeIfAbsent(special.get(1), cnt -> new WalkedHeap(addressBytes, heapLength));
        require(heap.payload.length == heapLength && heap.addressBytes == addressBytes, "heap length or flavour");
        int offset = Math.toIntExact(special.get(3));
        for (int i = 0; i < length; i++) {
            require(!heap.present[offset + i], "byte sent twice");
            heap.present[offset + i] = true;
            heap.payload[offset + i] = packet[start + i];
        }
        heap.pointers.addAll(items);
        heap.packets++;
    }

    private static Pointer pointer(byte[] bytes, int addressBytes) {
        BigInteger whole = new BigInteger(1, bytes);
        BigInteger value = whole.mod(BigInteger.ONE.shiftLeft(8 * addressBytes));
        BigInteger id = whole.clearBit(63).shiftRight(8 * addressBytes);
        return new Pointer(whole.testBit(63), id.intValueExact(), value.longValueExact());
    }

    private void requireComplete() {
        for (boolean here : present) {
            require(here, "byte missing");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("wrong " + what);
        }
    }

    /** The flavour of its packets. */
    public Flavour flavour() {
        return new Flavour(8 * addressBytes);
    }

    /** All item pointers as sent, except the four of every packet. */
    public List<Pointer> pointers() {
        return pointers;
    }

    /** The payload with its padding. */
    public byte[] payload() {
        return payload;
    }

    /** How many packets it came in. */
    public int packets() {
        return packets;
    }

    /** The items as a receiver delivers them: addressed ones by address, then immediates by value; empty ones left out. */
    public List<RawItem> rawItems() {
        List<RawItem> items = new ArrayList<>();
        List<Pointer> addressed = pointers.stream()
                .filter(p -> !p.immediate())
                .sorted(Comparator.comparingLong(Pointer::value))
                .toList();
        for (int i = 0; i < addressed.size(); i++) {
            int start = (int) addressed.get(i).value();
            int end = i + 1 < addressed.size() ? (int) addressed.get(i + 1).value() : payload.length;
            if (end > start && addressed.get(i).id() != 0) {
                ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOfRange(payload, start, end));
                items.add(new RawItem(addressed.get(i).id(), false, 0, bytes.asReadOnlyBuffer()));
            }
        }
        pointers.stream()
                .filter(Pointer::immediate)
                .sorted(Comparator.comparingLong(Pointer::value))
                .forEach(p -> items.add(immediate(p.id(), p.value(), addressBytes)));
        return items;
    }

    /** An immediate as a receiver delivers it. */
    public static RawItem immediate(int id, long value, int addressBytes) {
        byte[] bytes =
                BigInteger.ONE.shiftLeft(64).add(BigInteger.valueOf(value)).toByteArray();
        ByteBuffer last = ByteBuffer.wrap(Arrays.copyOfRange(bytes, bytes.length - addressBytes, bytes.length));
        return new RawItem(id, true, value, last.asReadOnlyBuffer());
    }
}
