package org.cbfsdp.icd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.item.Descriptor;
import org.spead.item.Flavour;
import org.spead.item.FormatField;
import org.spead.item.Shape;
import org.spead.recv.Heap;
import org.spead.send.HeapBuilder;
import org.spead.send.SendHeap;

/** Senders that conform to SPEAD in other ways than the emulator's own, and some that do not conform. */
class OddSenderTest {
    private static final String STANDARD =
            "{'descr': [('TCI', '|i1'), ('FD', '|u1'), ('VIS', '<c8', (%d,))], 'fortran_order': False, 'shape': (%d, %d)}";
    private static final int CHANNELS = 2;
    private static final int BASELINES = 3;

    private final IcdHeapDecoder decoder = new IcdHeapDecoder();
    private final HeapBuilder builder = new HeapBuilder(Flavour.SPEAD_64_48);

    @ParameterizedTest(name = "{0} polarisations")
    @ValueSource(ints = {1, 2, 4})
    void shouldInferPolarisationsWhenNoDescriptorEverCame(int polarisations) throws IOException {
        scalarsWithoutDescriptors(Map.of());
        data(CHANNELS * BASELINES * (2 + 8 * polarisations));
        VisibilityPayload payload = decode();
        assertThat(payload.layout().polarisations()).isEqualTo(polarisations);
        assertThat(payload.scanId()).isEqualTo(0x0102030405060708L);
        assertThat(payload.hardwareId()).isEqualTo(0xFFFFFFFFL);
        assertThat(payload.phaseBinCount()).isEqualTo(0xFFFF);
    }

    @Test
    void shouldReadBigEndianFormatFieldsImmediateAndAddressed() throws IOException {
        for (IcdItem item : IcdItem.values()) {
            builder.addDescriptor(
                    Descriptor.format(item.id(), item.itemName(), "", Shape.SCALAR, new FormatField('u', 48)));
        }
        for (IcdItem item : IcdItem.values()) {
            long value = value(item, Map.of(IcdItem.SCAN_ID, 77L));
            if (item == IcdItem.CHANNEL_COUNT || item == IcdItem.SCAN_ID) {
                byte[] bytes = ByteBuffer.allocate(8).putLong(value).array();
                builder.addCopy(item.id(), ByteBuffer.wrap(bytes, 2, 6));
            } else {
                builder.addImmediate(item.id(), value);
            }
        }
        data(CHANNELS * BASELINES * 34);
        VisibilityPayload payload = decode();
        assertThat(payload.channelCount()).isEqualTo(CHANNELS);
        assertThat(payload.scanId()).isEqualTo(77);
        assertThat(payload.timestampTicks()).isEqualTo((1_767_263_400L << 32) | 0x80000000L);
    }

    @Test
    void shouldObeyBigEndianNumpyScalarsAndElementsOfAnotherOrder() throws IOException {
        builder.addDescriptor(new Descriptor(
                0x6003,
                "visibility_channel_count",
                "",
                Shape.SCALAR,
                List.of(),
                "{'descr': '>u4', 'fortran_order': False, 'shape': ()}"));
        describe("{'descr': [('VIS', '>c8', (2,)), ('x', '<u2'), ('FD', '|u1'), ('TCI', '|i1')],"
                + " 'fortran_order': False, 'shape': (2, 3)}");
        scalarsWithoutDescriptors(Map.of(IcdItem.CHANNEL_COUNT, Long.reverseBytes((long) CHANNELS) >>> 32));
        data(CHANNELS * BASELINES * 20);
        VisibilityPayload payload = decode();
        assertThat(payload.channelCount()).isEqualTo(CHANNELS);
        assertThat(payload.layout().bigEndian()).isTrue();
        assertThat(payload.layout().elementBytes()).isEqualTo(20);
        assertThat(payload.layout().visOffset()).isZero();
        assertThat(payload.layout().fdOffset()).isEqualTo(18);
        assertThat(payload.layout().tciOffset()).isEqualTo(19);
        assertThat(payload.layout().polarisations()).isEqualTo(2);
    }

    @Test
    void shouldKeepWhatWasSentOnce() throws IOException {
        describe(String.format(STANDARD, 4, CHANNELS, BASELINES));
        scalarsWithoutDescriptors(Map.of());
        assertThat(decodeOrNull()).isNull();
        assertThat(decoder.fault()).isEqualTo(PayloadFault.NO_DATA);

        builder.clear();
        builder.addImmediate(0x6000, littleEndian(1_767_263_401L, 4));
        data(CHANNELS * BASELINES * 34);
        VisibilityPayload payload = decode();
        assertThat(payload.timestampTicks() >>> 32).isEqualTo(1_767_263_401L);
        assertThat(payload.channelCount()).isEqualTo(CHANNELS);
    }

    @Test
    void shouldFollowADescriptorThatReplacesAnother() throws IOException {
        for (int polarisations : new int[] {4, 1, 4}) {
            builder.clear();
            describe(String.format(STANDARD, polarisations, CHANNELS, BASELINES));
            scalarsWithoutDescriptors(Map.of());
            data(CHANNELS * BASELINES * (2 + 8 * polarisations));
            assertThat(decode().layout().polarisations()).isEqualTo(polarisations);
        }
    }

    @Test
    void shouldCarryItemsOfLaterRevisionsWithoutFailing() throws IOException {
        for (int id = 0x600B; id <= 0x6015; id++) {
            builder.addImmediate(id, id);
        }
        builder.addCopy(0x6013, ByteBuffer.allocate(11));
        scalarsWithoutDescriptors(Map.of());
        data(CHANNELS * BASELINES * 34);
        assertThat(decode()).isNotNull();
    }

    @Test
    void shouldNameWhatIsMissing() throws IOException {
        data(CHANNELS * BASELINES * 34);
        assertThat(decodeOrNull()).isNull();
        assertThat(decoder.fault()).isEqualTo(PayloadFault.ITEM_MISSING);
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1, 33, 6 * 34 - 1, 6 * 33})
    void shouldNameDataOfAnotherSize(int bytes) throws IOException {
        scalarsWithoutDescriptors(Map.of());
        data(bytes);
        assertThat(decodeOrNull()).isNull();
        assertThat(decoder.fault()).isEqualTo(PayloadFault.SIZE);
    }

    @Test
    void shouldNameAShapeThatContradictsTheCounts() throws IOException {
        describe(String.format(STANDARD, 4, BASELINES, CHANNELS));
        scalarsWithoutDescriptors(Map.of());
        data(CHANNELS * BASELINES * 34);
        assertThat(decodeOrNull()).isNull();
        assertThat(decoder.fault()).isEqualTo(PayloadFault.SIZE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<c8', 'fortran_order': False, 'shape': (2, 3)}",
                "{'descr': [('TCI', '|i1'), ('FD', '|u1'), ('VIS', '<c16', (2,))], 'fortran_order': False, 'shape': (2, 3)}",
                "{'descr': [('TCI', '|i1'), ('FD', '|u1'), ('VIS', '<c8', (4,))], 'fortran_order': True, 'shape': (2, 3)}",
                "{'descr': [('TCI', '|i1'), ('VIS', '<c8', (4,))], 'fortran_order': False, 'shape': (2, 3)}",
                "{'descr': [('TCI', '|i1'), ('FD', '<f8'), ('VIS', '<c8', (4,))], 'fortran_order': False, 'shape': (2, 3)}"
            })
    void shouldNameAnElementThatIsNoCorrelatorOutput(String header) throws IOException {
        describe(header);
        scalarsWithoutDescriptors(Map.of());
        data(CHANNELS * BASELINES * 34);
        assertThat(decodeOrNull()).isNull();
        assertThat(decoder.fault()).isEqualTo(PayloadFault.ITEM_TYPE);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"CHANNEL_COUNT", "BASELINE_COUNT"})
    void shouldNameACountOfZero(String item) throws IOException {
        scalarsWithoutDescriptors(Map.of(IcdItem.valueOf(item), 0L));
        data(CHANNELS * BASELINES * 34);
        assertThat(decodeOrNull()).isNull();
        assertThat(decoder.fault()).isEqualTo(PayloadFault.VALUE);
    }

    @Test
    void shouldNameCountsWhoseProductOverflows() throws IOException {
        scalarsWithoutDescriptors(Map.of(
                IcdItem.CHANNEL_COUNT, 0x7FFFFFFFL, IcdItem.BASELINE_COUNT, 0x7FFFFFFFL, IcdItem.CHANNEL_ID, 0L));
        data(CHANNELS * BASELINES * 34);
        assertThat(decodeOrNull()).isNull();
        assertThat(decoder.fault()).isEqualTo(PayloadFault.SIZE);
    }

    @Test
    void shouldNameAScalarThatIsTooShort() throws IOException {
        scalarsWithoutDescriptors(Map.of());
        builder.addCopy(0x6002, ByteBuffer.allocate(3));
        data(CHANNELS * BASELINES * 34);
        assertThat(decodeOrNull()).isNull();
        assertThat(decoder.fault()).isEqualTo(PayloadFault.SIZE);
    }

    private void describe(String header) {
        builder.addDescriptor(new Descriptor(0x600A, "correlator_output_data", "", Shape.SCALAR, List.of(), header));
    }

    private void data(int bytes) {
        builder.addCopy(0x600A, ByteBuffer.allocate(bytes));
    }

    private void scalarsWithoutDescriptors(Map<IcdItem, Long> changed) {
        for (IcdItem item : IcdItem.values()) {
            long value = value(item, changed);
            if (item.bytes() > 6) {
                builder.addCopy(
                        item.id(),
                        ByteBuffer.allocate(8)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putLong(value)
                                .flip());
            } else {
                builder.addImmediate(item.id(), littleEndian(value, item.bytes()));
            }
        }
    }

    private static long value(IcdItem item, Map<IcdItem, Long> changed) {
        Map<IcdItem, Long> values = new LinkedHashMap<>(Map.of(
                IcdItem.TIMESTAMP_COUNT, 1_767_263_400L,
                IcdItem.TIMESTAMP_FRACTION, 0x80000000L,
                IcdItem.CHANNEL_ID, 5L,
                IcdItem.CHANNEL_COUNT, (long) CHANNELS,
                IcdItem.POLARISATION_ID, 0L,
                IcdItem.BASELINE_COUNT, (long) BASELINES,
                IcdItem.PHASE_BIN_ID, 2L,
                IcdItem.PHASE_BIN_COUNT, 0xFFFFL,
                IcdItem.SCAN_ID, 0x0102030405060708L,
                IcdItem.HARDWARE_ID, 0xFFFFFFFFL));
        values.putAll(changed);
        return values.get(item);
    }

    private static long littleEndian(long value, int bytes) {
        return Long.reverseBytes(value) >>> (64 - 8 * bytes);
    }

    private VisibilityPayload decode() throws IOException {
        VisibilityPayload payload = decodeOrNull();
        assertThat(payload).as("%s", decoder.fault()).isNotNull();
        return payload;
    }

    private VisibilityPayload decodeOrNull() throws IOException {
        SendHeap sent = builder.build();
        List<Heap> heaps = HeapPipe.heaps(HeapPipe.packets(sent));
        assertThat(heaps).hasSize(1);
        try (Heap heap = heaps.get(0)) {
            return decoder.decode(heap);
        }
    }
}
