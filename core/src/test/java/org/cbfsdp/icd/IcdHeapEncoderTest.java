package org.cbfsdp.icd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.cbfsdp.icd.IcdHeapEncoder.IcdHeap;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.PayloadTime;
import org.junit.jupiter.api.Test;

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
