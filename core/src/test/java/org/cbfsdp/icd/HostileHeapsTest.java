package org.cbfsdp.icd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.recv.Heap;

class HostileHeapsTest {
    private static final int MUTATIONS = 40_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void shouldNeverThrowAndNeverShowBytesOutsideThePayload(long seed) throws IOException {
        Random random = new Random(seed);
        List<byte[]> streams = new ArrayList<>();
        for (String name : new String[] {"a_icd_64_48", "b_icd_start_descriptors", "c_icd_64_24", "c_icd_64_40"}) {
            streams.add(ReferencePayload.stream(name));
        }
        IcdHeapDecoder decoder = new IcdHeapDecoder();
        long payloads = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] packets = streams.get(random.nextInt(streams.size())).clone();
            int flips = 1 + random.nextInt(8);
            for (int k = 0; k < flips; k++) {
                packets[random.nextInt(packets.length)] = (byte) random.nextInt(256);
            }
            for (Heap heap : HeapPipe.heaps(packets)) {
                payloads += check(decoder, heap, "seed " + seed + " mutation " + i);
            }
        }
        assertThat(payloads).as("seed %d", seed).isPositive();
    }

    private static long check(IcdHeapDecoder decoder, Heap heap, String hint) {
        try (heap) {
            VisibilityPayload payload = decoder.decode(heap);
            if (payload == null) {
                assertThat(decoder.fault()).as(hint).isNotEqualTo(PayloadFault.NONE);
                return 0;
            }
            long needed = (long) payload.channelCount()
                    * payload.baselineCount()
                    * payload.layout().elementBytes();
            assertThat((long) payload.data().capacity()).as(hint).isEqualTo(needed);
            assertThat(payload.layout().polarisations()).as(hint).isPositive();
            payload.release();
            return 1;
        }
    }
}
