package org.cbfsdp.icd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spead.recv.Heap;

class IcdHeapDecoderTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a_icd_64_48, 4, 6",
        "a_icd_64_48_nostop, 4, 6",
        "a_icd_repeat_pointers, 20, 30",
        "b_icd_first_descriptors, 4, 6",
        "b_icd_start_descriptors, 4, 6",
        "c_icd_64_24, 4, 6",
        "c_icd_64_32, 4, 6",
        "c_icd_64_40, 4, 6"
    })
    void shouldReadEveryReferenceStream(String name, int channels, int baselines) throws IOException {
        IcdHeapDecoder decoder = new IcdHeapDecoder();
        int data = 0;
        for (Heap heap : HeapPipe.heaps(ReferencePayload.stream(name))) {
            try (heap) {
                VisibilityPayload payload = decoder.decode(heap);
                if (payload == null) {
                    assertThat(decoder.fault()).isEqualTo(PayloadFault.NO_DATA);
                } else {
                    ReferencePayload.check(payload, data, channels, baselines);
                    payload.release();
                    data++;
                }
            }
        }
        assertThat(data).isEqualTo(2);
    }

    @Test
    void shouldNameDataOfAnotherLayout() throws IOException {
        IcdHeapDecoder decoder = new IcdHeapDecoder();
        List<PayloadFault> faults = new ArrayList<>();
        for (Heap heap : HeapPipe.heaps(ReferencePayload.stream("d_types_64_48"))) {
            try (heap) {
                assertThat(decoder.decode(heap)).isNull();
                faults.add(decoder.fault());
            }
        }
        assertThat(faults).as("data once, and an end").containsOnlyOnce(PayloadFault.NO_CORRELATOR_OUTPUT);
    }

    @Test
    void shouldKeepTheHeapsMemoryUntilThePayloadIsReleased() throws IOException {
        List<VisibilityPayload> payloads = new ArrayList<>();
        IcdHeapDecoder decoder = new IcdHeapDecoder();
        for (Heap heap : HeapPipe.heaps(ReferencePayload.stream("a_icd_64_48"))) {
            try (heap) {
                VisibilityPayload payload = decoder.decode(heap);
                if (payload != null) {
                    payloads.add(payload);
                }
            }
        }
        for (int i = 0; i < payloads.size(); i++) {
            ReferencePayload.check(payloads.get(i), i, 4, 6);
            payloads.get(i).release();
        }
    }

    @Test
    void shouldRefuseEverythingAfterTheLastRelease() throws IOException {
        IcdHeapDecoder decoder = new IcdHeapDecoder();
        for (Heap heap : HeapPipe.heaps(ReferencePayload.stream("a_icd_64_48"))) {
            try (heap) {
                VisibilityPayload payload = decoder.decode(heap);
                if (payload != null) {
                    payload.retain();
                    payload.release();
                    assertThat(payload.channelCount()).isEqualTo(4);
                    payload.release();
                    assertThatThrownBy(payload::timestampTicks)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("was released");
                    assertThatThrownBy(payload::data).isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(payload::retain).isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(payload::release).isInstanceOf(IllegalStateException.class);
                }
            }
        }
    }
}
