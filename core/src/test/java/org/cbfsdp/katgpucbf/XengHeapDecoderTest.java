package org.cbfsdp.katgpucbf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.recv.Heap;

/** Two antennas, so three pairs: 00, 01, 11; the model has them as 00, 11, 01. */
class XengHeapDecoderTest {
    private static final int PAIRS = 3;
    private static final int HEAP_INTS = 2 * PAIRS * 4 * 2;
    private static final int[] MODEL_BASELINE = {0, 2, 1};
    private static final long MISSING = Integer.MIN_VALUE;

    private final ElementMemory memory = new ElementMemory(1 << 20, 1 << 18);
    private final XengHeapDecoder decoder = decoder(memory);

    private static XengHeapDecoder decoder(ElementMemory memory) {
        return new XengHeapDecoder(
                CorrelatorOrder.of(Baselines.of(new int[] {0, 1, 0}, new int[] {0, 1, 1})),
                new SampleClock(new BigDecimal("1000"), 100, 50),
                memory);
    }

    @Test
    void shouldPutEveryProductWhereTheModelHasIt() {
        int[] raw = numbered();
        VisibilityPayload payload = only(new XengHeaps().data(150, 6, false, raw));
        // Dump 3 is from 1.5 s to 2 s after the sync time.
        assertThat(payload.timestampTicks()).isEqualTo((1001L << 32) + 3 * (1L << 30));
        assertThat(List.of(payload.channelId(), payload.channelCount(), payload.baselineCount()))
                .containsExactly(6, 2, 3);
        assertThat(List.of(payload.polarisationId(), payload.phaseBinId(), payload.phaseBinCount()))
                .containsExactly(0, 0, 1);
        assertThat(payload.scanId()).isEqualTo(1);
        assertThat(payload.hardwareId()).isZero();
        assertThat(payload.layout()).isEqualTo(ElementLayout.standard(4));
        assertThat(payload.data().isReadOnly()).isTrue();
        assertHolds(payload, raw);
        payload.release();
    }

    @Test
    void shouldRoundWhatAFloatCannotHoldToTheNearest() {
        int[] raw = numbered();
        raw[0] = (1 << 24) + 1;
        raw[1] = -(1 << 24) - 3;
        raw[2] = Integer.MAX_VALUE;
        raw[3] = Integer.MIN_VALUE + 1;
        VisibilityPayload payload = only(new XengHeaps().data(0, 0, false, raw));
        ByteBuffer data = payload.data().order(ByteOrder.LITTLE_ENDIAN);
        assertThat(data.getFloat(2)).isEqualTo(16777216f);
        assertThat(data.getFloat(6)).isEqualTo(-16777220f);
        // Product ba, which is YX, the third.
        assertThat(data.getFloat(2 + 16)).isEqualTo(0x1p31f);
        assertThat(data.getFloat(2 + 20)).isEqualTo(-0x1p31f);
        assertThat(data.get(1)).isEqualTo((byte) 255);
        payload.release();
    }

    /** An imaginary part of -2^31 is no mark. */
    @Test
    void shouldLeaveAMarkOutAndSayThatThereAreNoData() {
        int[] raw = numbered();
        for (int product = 0; product < 4; product++) {
            raw[8 + 2 * product] = (int) MISSING;
            raw[8 + 2 * product + 1] = 1;
        }
        raw[24 + 2] = (int) MISSING;
        raw[24 + 3] = 1;
        raw[16 + 1] = (int) MISSING;
        VisibilityPayload payload = only(new XengHeaps().data(0, 0, false, raw));
        assertHolds(payload, raw);
        payload.release();
    }

    @Test
    void shouldObeyTheDescriptorOfLittleEndianProducts() {
        int[] raw = numbered();
        VisibilityPayload payload = only(new XengHeaps()
                .numpyDescriptor("{'descr': '<i4', 'fortran_order': False, 'shape': (2, 12, 2)}")
                .data(50, 0, true, raw));
        assertHolds(payload, raw);
        payload.release();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '>f4', 'fortran_order': False, 'shape': (2, 12, 2)}",
                "{'descr': '>i8', 'fortran_order': False, 'shape': (2, 12, 2)}",
                "{'descr': '>i4', 'fortran_order': True, 'shape': (2, 12, 2)}",
                "{'descr': '>i4', 'fortran_order': False, 'shape': (48,)}",
                "nonsense"
            })
    void shouldRefuseProductsOfAnotherType(String header) {
        assertRefused(
                PayloadFault.ITEM_TYPE, new XengHeaps().numpyDescriptor(header).data(0, 0, false, numbered()));
    }

    @Test
    void shouldRefuseProductsOfAnotherShape() {
        assertRefused(
                PayloadFault.SIZE,
                new XengHeaps()
                        .numpyDescriptor("{'descr': '>i4', 'fortran_order': False, 'shape': (4, 6, 2)}")
                        .data(0, 0, false, numbered()));
    }

    @Test
    void shouldNameWhatIsWrongWithAHeap() {
        int[] raw = numbered();
        assertRefused(PayloadFault.NO_DATA, new XengHeaps().heap(new byte[0], 1L << 63 | 0x1600L << 48));
        assertRefused(PayloadFault.NO_DATA, new XengHeaps().heap(new byte[12], 0x1600L << 48, 0x4103L << 48 | 6));
        assertRefused(
                PayloadFault.NO_CORRELATION_PRODUCTS,
                new XengHeaps().heap(new byte[4 * HEAP_INTS], 1L << 63 | 0x1600L << 48, 0x600AL << 48));
        assertRefused(
                PayloadFault.ITEM_MISSING,
                new XengHeaps().heap(new byte[4 * HEAP_INTS], 1L << 63 | 0x1600L << 48, 0x1800L << 48));
        assertRefused(
                PayloadFault.ITEM_MISSING,
                new XengHeaps().heap(new byte[4 * HEAP_INTS], 1L << 63 | 0x4103L << 48, 0x1800L << 48));
        assertRefused(PayloadFault.SIZE, new XengHeaps().data(0, 0, false, new int[HEAP_INTS - 1]));
        assertRefused(PayloadFault.SIZE, new XengHeaps().data(0, 0, false, 1));
        assertRefused(PayloadFault.OFF_GRID, new XengHeaps().data(51, 0, false, raw));
        assertRefused(PayloadFault.VALUE, new XengHeaps().data(0, 0x7FFF_FFFFL, false, raw));
        assertRefused(PayloadFault.VALUE, new XengHeaps().data(0, 1L << 40, false, raw));
    }

    @Test
    void shouldForgetItemsOfTheHeapBefore() {
        XengHeaps heaps = new XengHeaps()
                .data(50, 0, false, numbered())
                .heap(new byte[4 * HEAP_INTS], 1L << 63 | 0x4103L << 48, 0x1800L << 48);
        List<PayloadFault> faults = new ArrayList<>();
        for (Heap heap : heaps.received()) {
            try (heap) {
                VisibilityPayload payload = decoder.decode(heap);
                faults.add(decoder.fault());
                if (payload != null) {
                    payload.release();
                }
            }
        }
        assertThat(faults).containsExactly(PayloadFault.NONE, PayloadFault.ITEM_MISSING);
    }

    @Test
    void shouldUseMemoryAgainAndSayWhenThereIsNone() {
        ElementMemory two = new ElementMemory(2 * 2 * PAIRS * 34, 1 << 18);
        XengHeapDecoder small = decoder(two);
        List<VisibilityPayload> payloads = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            for (Heap heap : new XengHeaps().data(0, 0, false, numbered()).received()) {
                try (heap) {
                    payloads.add(small.decode(heap));
                    assertThat(small.fault()).isEqualTo(PayloadFault.NONE);
                }
            }
            if (payloads.size() == 2) {
                for (Heap heap : new XengHeaps().data(0, 0, false, numbered()).received()) {
                    try (heap) {
                        assertThat(small.decode(heap)).isNull();
                        assertThat(small.fault()).isEqualTo(PayloadFault.NO_MEMORY);
                    }
                }
                payloads.remove(0).release();
            }
        }
        payloads.get(0).release();
        assertThat(two.heldBytes()).isEqualTo(2 * 2 * PAIRS * 34);
    }

    @Test
    void shouldMakeRoomForHeapsOfAnotherSize() {
        ElementMemory memoryOfTwo = new ElementMemory(2 * 2 * PAIRS * 34, 1 << 18);
        XengHeapDecoder small = decoder(memoryOfTwo);
        for (int channels : new int[] {2, 2, 1, 4, 3}) {
            int[] raw = new int[channels * PAIRS * 8];
            for (Heap heap : new XengHeaps().data(0, 0, false, raw).received()) {
                try (heap) {
                    VisibilityPayload payload = small.decode(heap);
                    assertThat(payload.channelCount()).isEqualTo(channels);
                    assertThat(payload.data().capacity()).isEqualTo(channels * PAIRS * 34);
                    payload.release();
                }
            }
        }
        assertThat(memoryOfTwo.heldBytes()).isLessThanOrEqualTo(2 * 2 * PAIRS * 34);
    }

    @Test
    void shouldTakeNoMemoryForMoreChannelsThanAnyStreamCarries() {
        ElementMemory ofTwoChannels = new ElementMemory(1 << 20, 2 * PAIRS * 34);
        XengHeapDecoder narrow = decoder(ofTwoChannels);
        for (Heap heap :
                new XengHeaps().data(0, 0, false, new int[3 * PAIRS * 8]).received()) {
            try (heap) {
                assertThat(narrow.decode(heap)).isNull();
                assertThat(narrow.fault()).isEqualTo(PayloadFault.CHANNELS);
            }
        }
        assertThat(ofTwoChannels.heldBytes()).isZero();
    }

    @Test
    void shouldRefuseEverythingAfterTheLastRelease() {
        VisibilityPayload payload = only(new XengHeaps().data(0, 5, false, numbered()));
        payload.retain();
        payload.release();
        assertThat(payload.channelId()).isEqualTo(5);
        payload.release();
        assertThatThrownBy(payload::data)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("payload of 1970-01-01T00:16:40.250Z, channel 5, was released");
        assertThatThrownBy(payload::retain).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(payload::release).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldNeverThrowWhateverTheBytesAre(long seed) {
        Random random = new Random(seed);
        byte[] good = new XengHeaps()
                .numpyDescriptor("{'descr': '>i4', 'fortran_order': False, 'shape': (2, 12, 2)}")
                .data(50, 0, false, numbered())
                .data(100, 0, false, numbered())
                .packets();
        long payloads = 0;
        for (int mutation = 0; mutation < 30_000; mutation++) {
            byte[] packets = good.clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                packets[random.nextInt(packets.length)] = (byte) random.nextInt(256);
            }
            for (Heap heap : XengHeaps.received(packets)) {
                try (heap) {
                    VisibilityPayload payload = decoder.decode(heap);
                    if (payload != null) {
                        assertThat(payload.dataBytes())
                                .as("seed %d, mutation %d", seed, mutation)
                                .isEqualTo(payload.data().capacity());
                        payload.release();
                        payloads++;
                    } else {
                        assertThat(decoder.fault())
                                .as("seed %d, mutation %d", seed, mutation)
                                .isNotEqualTo(PayloadFault.NONE);
                    }
                }
            }
        }
        assertThat(payloads).as("seed %d", seed).isPositive();
    }

    private static int[] numbered() {
        int[] raw = new int[HEAP_INTS];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (i % 2 == 0 ? 1 : -1) * (1000 + i);
        }
        return raw;
    }

    /** Walks the correlator's order and looks each value up: aa, ba, ab, bb are XX, YX, XY, YY. */
    private static void assertHolds(VisibilityPayload payload, int... raw) {
        ByteBuffer data = payload.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int[] polarisation = {0, 2, 1, 3};
        for (int channel = 0; channel < 2; channel++) {
            for (int pair = 0; pair < PAIRS; pair++) {
                int element = (channel * PAIRS + MODEL_BASELINE[pair]) * 34;
                int ints = (channel * PAIRS + pair) * 8;
                boolean whole = true;
                for (int product = 0; product < 4; product++) {
                    int real = raw[ints + 2 * product];
                    boolean missing = real == MISSING;
                    whole &= !missing;
                    int at = element + 2 + 8 * polarisation[product];
                    assertThat(data.getFloat(at)).isEqualTo(missing ? 0f : (float) real);
                    assertThat(data.getFloat(at + 4)).isEqualTo(missing ? 0f : (float) raw[ints + 2 * product + 1]);
                }
                assertThat(data.get(element)).isZero();
                assertThat(data.get(element + 1)).isEqualTo((byte) (whole ? 255 : 0));
            }
        }
    }

    private VisibilityPayload only(XengHeaps heaps) {
        VisibilityPayload found = null;
        for (Heap heap : heaps.received()) {
            try (heap) {
                VisibilityPayload payload = decoder.decode(heap);
                if (payload != null) {
                    assertThat(found).isNull();
                    found = payload;
                }
            }
        }
        assertThat(found).isNotNull();
        return found;
    }

    private void assertRefused(PayloadFault expected, XengHeaps heaps) {
        PayloadFault last = PayloadFault.NONE;
        for (Heap heap : heaps.received()) {
            try (heap) {
                assertThat(decoder.decode(heap)).isNull();
                last = decoder.fault();
            }
        }
        assertThat(last).isEqualTo(expected);
    }
}
