package org.cbfsdp.icd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cbfsdp.icd.IcdHeapEncoder.IcdHeap;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.api.Test;
import org.spead.item.RawItem;
import org.spead.recv.Heap;

class IcdHeapEncoderTest {
    private static final IcdConstants REFERENCE = new IcdConstants(0, 0, 1, 1, 0);

    @Test
    void shouldSendByteForByteWhatTheReferenceSenderSends() throws IOException {
        IcdHeapEncoder encoder = new IcdHeapEncoder(new ChannelRange(0, 4), 6, 4, REFERENCE);
        IcdHeap first = reference(encoder, 0);
        IcdHeap second = reference(encoder, 1);

        byte[] packets = HeapPipe.packets(encoder.startHeap(), first.heap(), second.heap(), encoder.endHeap());

        assertThat(packets).isEqualTo(ReferencePayload.stream("a_icd_64_48"));
    }

    @Test
    void shouldSendTheSameBytesWhenAHeapIsUsedAgain() throws IOException {
        IcdHeapEncoder encoder = new IcdHeapEncoder(new ChannelRange(0, 4), 6, 4, REFERENCE);
        IcdHeap heap = reference(encoder, 7);
        byte[] once = HeapPipe.packets(heap.heap());
        set(heap, 8);
        set(heap, 7);
        assertThat(HeapPipe.packets(heap.heap())).isEqualTo(once);
    }

    @Test
    void shouldRefuseAHeapBeyondTwoGibibytes() {
        assertThatThrownBy(() -> new IcdHeapEncoder(new ChannelRange(0, 4096), 131328, 4, REFERENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4096 channels x 131328 baselines x 4 polarisations exceeds 2 GiB");
    }

    @Test
    void shouldSendDescriptorsAndConstantsAtTheStartWhenAsked() throws IOException {
        IcdHeapEncoder encoder = atStart();
        byte[] packets = HeapPipe.packets(
                encoder.startHeap(),
                reference(encoder, 0).heap(),
                reference(encoder, 1).heap());

        assertThat(items(HeapPipe.packets(encoder.startHeap())))
                .as("eleven descriptors, the start, the constants")
                .isEqualTo(Map.of(5, 11L, 6, 1L, 0x6004, 1L, 0x6006, 1L, 0x6007, 1L, 0x6009, 1L));
        assertThat(items(HeapPipe.packets(reference(encoder, 0).heap())))
                .as("when, which channels, which baselines, which scan, and the data")
                .isEqualTo(Map.of(0x6000, 1L, 0x6001, 1L, 0x6002, 1L, 0x6003, 1L, 0x6005, 1L, 0x6008, 1L, 0x600a, 1L));
        assertThat(decoded(packets)).isEqualTo(2);
    }

    @Test
    void shouldBeReadWithoutTheStart() throws IOException {
        IcdHeapEncoder encoder = atStart();
        byte[] packets = HeapPipe.packets(
                reference(encoder, 0).heap(), reference(encoder, 1).heap());

        assertThat(decoded(packets)).isEqualTo(2);
    }

    @Test
    void shouldTellConstantsAgainToAReceiverThatMissedTheStart() throws IOException {
        IcdConstants constants = new IcdConstants(9, 2, 3, 77, 0xBEEF);
        IcdHeapEncoder encoder =
                new IcdHeapEncoder(new ChannelRange(0, 4), 6, 4, constants, DescriptorPlacement.START_HEAP);
        IcdHeapDecoder decoder = new IcdHeapDecoder();
        List<Long> hardware = new ArrayList<>();
        byte[] packets = HeapPipe.packets(
                reference(encoder, 0).heap(),
                encoder.descriptorHeap(),
                reference(encoder, 1).heap());
        for (Heap heap : HeapPipe.heaps(packets)) {
            try (heap) {
                VisibilityPayload payload = decoder.decode(heap);
                if (payload != null) {
                    hardware.add(payload.hardwareId());
                    assertThat(payload.scanId()).as("never missed").isEqualTo(77);
                    payload.release();
                } else {
                    assertThat(decoder.fault()).isEqualTo(PayloadFault.NO_DATA);
                }
            }
        }
        assertThat(hardware).containsExactly(0L, 0xBEEFL);
    }

    private static IcdHeapEncoder atStart() {
        return new IcdHeapEncoder(new ChannelRange(0, 4), 6, 4, REFERENCE, DescriptorPlacement.START_HEAP);
    }

    /** How often each item is in the only heap of these packets. */
    private static Map<Integer, Long> items(byte[] packets) {
        List<Heap> heaps = HeapPipe.heaps(packets);
        assertThat(heaps).hasSize(1);
        try (Heap heap = heaps.get(0)) {
            return heap.items().stream().collect(Collectors.groupingBy(RawItem::id, Collectors.counting()));
        }
    }

    /** Reads every heap as the reference stream has it, and counts those with data. */
    private static int decoded(byte[] packets) {
        IcdHeapDecoder decoder = new IcdHeapDecoder();
        int data = 0;
        for (Heap heap : HeapPipe.heaps(packets)) {
            try (heap) {
                VisibilityPayload payload = decoder.decode(heap);
                if (payload != null) {
                    ReferencePayload.check(payload, data++, 4, 6);
                    payload.release();
                }
            }
        }
        return data;
    }

    private static IcdHeap reference(IcdHeapEncoder encoder, int heap) {
        IcdHeap made = encoder.newHeap();
        set(made, heap);
        return made;
    }

    private static void set(IcdHeap heap, int number) {
        ReferencePayload.fill(heap.data(), number, 4, 6);
        heap.setTimestamp(PayloadTime.ticks(1000 + number, number * 0x10000L));
    }
}
