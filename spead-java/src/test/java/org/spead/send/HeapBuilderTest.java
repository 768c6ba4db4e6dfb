package org.spead.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.spead.item.Flavour;
import org.spead.oracle.WalkedHeap;

class HeapBuilderTest {
    private static final Flavour FLAVOUR = Flavour.SPEAD_64_48;

    private final CapturingSink sink = new CapturingSink(8);
    private final SendStream stream =
            new SendStream("send-0", SendConfig.builder().build(), sink);

    private WalkedHeap sent(SendHeap heap) throws IOException {
        sink.packets.clear();
        stream.sendHeap(heap);
        return WalkedHeap.walk(sink.packets).values().iterator().next();
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.rewind();
    }

    @Test
    void shouldKeepTheOrderInWhichThingsWereAdded() throws IOException {
        HeapBuilder builder = new HeapBuilder(FLAVOUR);
        for (int i = 0; i < 40; i++) {
            builder.addImmediate(0x1000 + i, i);
        }
        builder.addReference(0x2000, bytes(1, 2));
        builder.addCopy(0x2001, bytes(3));
        builder.addStreamStop();

        WalkedHeap heap = sent(builder.build());

        assertThat(heap.pointers()).hasSize(43);
        assertThat(heap.pointers().get(39)).isEqualTo(new WalkedHeap.Pointer(true, 0x1000 + 39, 39));
        assertThat(heap.pointers().get(41)).isEqualTo(new WalkedHeap.Pointer(false, 0x2001, 2));
        assertThat(heap.pointers().get(42)).isEqualTo(new WalkedHeap.Pointer(true, 6, 2));
        assertThat(heap.payload()).containsExactly(1, 2, 3);
    }

    @Test
    void shouldReferToBigDataAndCopySmall() throws IOException {
        ByteBuffer big = bytes(1, 2, 3);
        ByteBuffer small = bytes(4, 5);
        HeapBuilder builder = new HeapBuilder(FLAVOUR);
        int reference = builder.addReference(0x2000, big);
        int copy = builder.addCopy(0x2001, small);
        SendHeap one = builder.build();
        SendHeap two = builder.build();
        big.put(0, (byte) 9);
        small.put(0, (byte) 9);
        one.segment(copy).put(1, (byte) 8);

        assertThat(sent(one).payload()).containsExactly(9, 2, 3, 4, 8);
        assertThat(sent(two).payload()).containsExactly(9, 2, 3, 4, 5);
        assertThat(small.position()).isZero();
        assertThat(one.segment(reference)).isSameAs(big);
    }

    @Test
    void shouldAllowOnlyTheLastSegmentAnotherLength() throws IOException {
        HeapBuilder builder = new HeapBuilder(FLAVOUR);
        int first = builder.addReference(0x2000, bytes(1, 2));
        int last = builder.addReference(0x2001, bytes(3));
        SendHeap heap = builder.build();
        heap.setSegment(first, bytes(7, 8));
        heap.setSegment(last, bytes(9, 9, 9));
        assertThatThrownBy(() -> heap.setSegment(first, bytes(1))).hasMessageContaining("not the last");

        assertThat(heap.payloadBytes()).isEqualTo(5);
        assertThat(sent(heap).payload()).containsExactly(7, 8, 9, 9, 9);
    }

    @Test
    void shouldSetImmediatesOnly() throws IOException {
        HeapBuilder builder = new HeapBuilder(FLAVOUR);
        int immediate = builder.addImmediate(0x1000, 1);
        builder.addReference(0x2000, bytes(1));
        SendHeap heap = builder.build();
        heap.setImmediate(immediate, 0xffff_ffff_ffffL);

        assertThat(sent(heap).pointers().get(0).value()).isEqualTo(0xffff_ffff_ffffL);
        assertThatThrownBy(() -> heap.setImmediate(immediate, 1L << 48)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> heap.setImmediate(1, 5)).hasMessageContaining("not an immediate");
    }

    @Test
    void shouldNotLetAHeapChangeWhileItIsSent() {
        SendHeap heap = new HeapBuilder(FLAVOUR).addStreamStart().build();
        stream.offer(heap, HeapCompletion.NONE);

        assertThatThrownBy(() -> heap.setImmediate(0, 2)).hasMessageContaining("being sent");
        assertThatThrownBy(() -> stream.offer(heap, HeapCompletion.NONE)).hasMessageContaining("being sent");
        stream.doWork();
        heap.setImmediate(0, 2);
    }

    @Test
    void shouldRefuseWhatTheFlavourCannotHold() {
        HeapBuilder narrow = new HeapBuilder(new Flavour(8));
        assertThatThrownBy(() -> narrow.addReference(5, ByteBuffer.allocate(256)))
                .hasMessageContaining("does not fit SPEAD-64-8");
        assertThatThrownBy(() -> new HeapBuilder(new Flavour(56)).addImmediate(0x6000, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldStartAfresh() throws IOException {
        HeapBuilder builder = new HeapBuilder(FLAVOUR).addStreamStop();
        builder.addReference(0x2000, bytes(1));
        SendHeap before = builder.build();
        SendHeap after = builder.clear().addStreamStart().build();

        assertThat(sent(after).pointers()).hasSize(2);
        assertThat(sent(before).pointers()).hasSize(2);
        assertThat(sent(before).payload()).containsExactly(1);
    }
}
