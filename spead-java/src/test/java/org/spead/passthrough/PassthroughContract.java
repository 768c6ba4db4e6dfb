package org.spead.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.item.Flavour;
import org.spead.item.FormatField;
import org.spead.item.Item;
import org.spead.item.ItemGroup;
import org.spead.item.ItemType;
import org.spead.item.ItemValue;
import org.spead.item.NumpyHeader;
import org.spead.item.Shape;
import org.spead.passthrough.ReceivedHeaps.Received;
import org.spead.send.GroupMode;
import org.spead.send.HeapBuilder;
import org.spead.send.HeapGenerator;
import org.spead.send.HeapReference;
import org.spead.send.SendConfig;
import org.spead.send.SendHeap;
import org.spead.send.SendStream;

/**
 * What a transport owes to those who send items at one end and receive them at the other. A test class of a transport extends
 * this and opens a {@link Road}. Heaps are sent slowly enough for a transport that loses what nobody fetches.
 */
@Timeout(60)
abstract class PassthroughContract {
    private static final Flavour FLAVOUR = Flavour.SPEAD_64_48;
    private static final long RATE = 50_000_000;
    private static final String[] DTYPES = {
        "|i1", "|u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8", "<f4", ">f4",
        "<f8", ">f8", "<c8", ">c8", "<c16", ">c16", "|b1", "|S5"
    };

    private final ItemGroup items = new ItemGroup();
    private final HeapGenerator generator = new HeapGenerator(items, FLAVOUR);
    private final List<ReceivedHeaps> received = new ArrayList<>();
    private Road road;
    private SendStream stream;

    /** Opens the transport with so many substreams, each with an end of its own. */
    abstract Road open(int substreams) throws IOException;

    private void start(int substreams) throws IOException {
        road = open(substreams);
        for (int i = 0; i < substreams; i++) {
            received.add(new ReceivedHeaps());
        }
        road.receive(received);
        SendConfig config =
                SendConfig.builder().rateBytesPerSecond(RATE).maxHeaps(64).build();
        stream = new SendStream("send-0", config, road.sinks(), System::nanoTime);
    }

    @AfterEach
    void close() throws IOException {
        if (road != null) {
            road.close();
        }
    }

    /** Ends all substreams and waits for them. */
    private void end() throws IOException, InterruptedException {
        for (int i = 0; i < stream.substreamCount(); i++) {
            stream.sendHeap(HeapReference.of(generator.endHeap()).withSubstream(i));
        }
        road.await();
        assertThat(received).allMatch(ReceivedHeaps::ended).allMatch(r -> r.incomplete() == 0);
    }

    /** Sends one heap of all items, and expects their values at the other end. */
    private void shouldArrive() throws IOException, InterruptedException {
        Map<String, ItemValue> sent = new LinkedHashMap<>();
        items.items().forEach(item -> sent.put(item.name(), item.value()));
        stream.sendHeap(generator.heap());
        end();
        assertThat(received.get(0).heaps()).hasSize(1);
        Received heap = received.get(0).heaps().get(0);
        assertThat(heap.complete()).isTrue();
        assertThat(heap.values()).containsExactlyInAnyOrderEntriesOf(sent);
    }

    private void numpy(String name, String dtype, boolean fortran, long seed, long... sizes) {
        String shape = Shape.of(sizes).toString();
        NumpyHeader header = NumpyHeader.parse("{'descr': '" + dtype + "', 'fortran_order': "
                + (fortran ? "True" : "False") + ", 'shape': " + shape + "}");
        Item item = items.add(name, "", header);
        int elements = (int) Shape.of(sizes).knownElements();
        int size = Integer.parseInt(dtype.substring(2));
        byte[] bytes = new byte[elements * size];
        new Random(seed).nextBytes(bytes);
        if (dtype.charAt(1) == 'b' || dtype.charAt(1) == 'S') {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (dtype.charAt(1) == 'b' ? bytes[i] & 1 : 'a' + (bytes[i] & 15));
            }
        }
        items.set(item, item.type().ofElements(ByteBuffer.wrap(bytes)));
    }

    private static ItemValue words(ItemType type, long... words) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * words.length).order(ByteOrder.nativeOrder());
        for (long word : words) {
            bytes.putLong(word);
        }
        return type.ofElements(bytes.flip());
    }

    @Test
    void shouldPassEveryNumpyType() throws IOException, InterruptedException {
        start(1);
        for (int i = 0; i < DTYPES.length; i++) {
            numpy("scalar " + DTYPES[i], DTYPES[i], false, i);
            numpy("vector " + DTYPES[i], DTYPES[i], false, 100 + i, 7);
            numpy("matrix " + DTYPES[i], DTYPES[i], false, 200 + i, 3, 4);
            numpy("fortran " + DTYPES[i], DTYPES[i], true, 300 + i, 3, 4);
        }
        shouldArrive();
    }

    @Test
    void shouldPassFormatsThatAreNoMachineTypes() throws IOException, InterruptedException {
        start(1);
        Item odd = items.add("odd", "", Shape.of(3), new FormatField('u', 12));
        items.set(odd, words(odd.type(), 1, 0xabc, 0xfff));
        Item signed = items.add("signed", "", Shape.of(2), new FormatField('i', 23));
        items.set(signed, words(signed.type(), -1, -(1 << 22)));
        Item mixed = items.add(
                "mixed", "", Shape.of(2), new FormatField('b', 1), new FormatField('u', 7), new FormatField('i', 24));
        items.set(mixed, words(mixed.type(), 1, 127, -5, 0, 3, 8_000_000));
        Item wide = items.add("wide", "", Shape.SCALAR, new FormatField('u', 48));
        items.set(wide, words(wide.type(), 0x0123_4567_89abL));
        Item variable = items.add("variable", "", Shape.of(Shape.VARIABLE, 2), new FormatField('u', 4));
        items.set(variable, words(variable.type(), 1, 2, 3, 4, 5, 6));
        shouldArrive();
    }

    @Test
    void shouldPassText() throws IOException, InterruptedException {
        start(1);
        Item text = items.add("text", "", Shape.of(Shape.VARIABLE), new FormatField('c', 8));
        items.set(text, text.type().ofText("Hello, world"));
        Item fixed = items.add("fixed", "", Shape.of(4), new FormatField('c', 8));
        items.set(fixed, fixed.type().ofText("four"));
        shouldArrive();
        assertThat(received.get(0).items().get("text").value().asText()).isEqualTo("Hello, world");
    }

    @Test
    void shouldPassLargeArrays() throws IOException, InterruptedException {
        start(1);
        numpy("large", "<f4", false, 1, 400, 1500);
        numpy("larger", ">c16", false, 2, 200, 300);
        shouldArrive();
    }

    @Test
    void shouldPassManyItems() throws IOException, InterruptedException {
        start(1);
        for (int i = 0; i < 1500; i++) {
            numpy("item " + i, i % 2 == 0 ? "<u4" : "<u8", false, i, i % 3 == 0 ? new long[] {2} : new long[0]);
        }
        shouldArrive();
    }

    @Test
    void shouldPassAnEmptyHeap() throws IOException, InterruptedException {
        start(1);
        stream.sendHeap(new HeapBuilder(FLAVOUR).build());
        end();
        assertThat(received.get(0).heaps()).singleElement().satisfies(heap -> {
            assertThat(heap.itemCount()).isZero();
            assertThat(heap.start()).isFalse();
        });
    }

    @Test
    void shouldPassTheStartAndEndAtTheStop() throws IOException, InterruptedException {
        start(1);
        stream.sendHeap(generator.startHeap());
        stream.sendHeap(new HeapBuilder(FLAVOUR).build());
        end();
        assertThat(received.get(0).heaps()).extracting(Received::start).containsExactly(true, false);
        assertThat(received.get(0).heaps()).extracting(Received::cnt).containsExactly(1L, 2L);
    }

    @Test
    void shouldPassValuesThatChange() throws IOException, InterruptedException {
        start(1);
        Item item = items.add("count", "", NumpyHeader.parse("{'descr': '<u8', 'fortran_order': False, 'shape': ()}"));
        for (long i = 0; i < 50; i++) {
            items.set(item, item.type().ofLong(i * i));
            stream.sendHeap(generator.heap());
        }
        end();
        assertThat(received.get(0).heaps())
                .extracting(heap -> heap.values().get("count").asLong())
                .hasSize(50)
                .startsWith(0L, 1L, 4L)
                .endsWith(49L * 49);
    }

    @ParameterizedTest
    @EnumSource
    void shouldPassGroupsOfEqualHeaps(GroupMode mode) throws IOException, InterruptedException {
        passGroups(mode, new int[] {5000, 5000, 5000, 5000}, 1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldPassGroupsOfMixedSizes(GroupMode mode) throws IOException, InterruptedException {
        passGroups(mode, new int[] {1, 70_000, 1400, 20, 9000, 30_000}, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void shouldPassHeapsToTheirSubstreams(int substreams) throws IOException, InterruptedException {
        passGroups(GroupMode.ROUND_ROBIN, new int[] {3000, 17, 12_000, 8000, 1, 1, 5000}, substreams);
    }

    /** Three groups of heaps of such sizes, dealt to the substreams in turn, each byte a mark of its heap. */
    private void passGroups(GroupMode mode, int[] sizes, int substreams) throws IOException, InterruptedException {
        start(substreams);
        List<List<Long>> cnts = new ArrayList<>();
        for (int i = 0; i < substreams; i++) {
            cnts.add(new ArrayList<>());
        }
        for (int group = 0; group < 3; group++) {
            List<HeapReference> heaps = new ArrayList<>();
            for (int i = 0; i < sizes.length; i++) {
                long cnt = 1000L * group + i;
                int substream = i % substreams;
                cnts.get(substream).add(cnt);
                heaps.add(HeapReference.of(marked((byte) cnt, sizes[i]))
                        .withHeapCnt(cnt)
                        .withSubstream(substream));
            }
            stream.sendGroup(heaps, mode);
        }
        end();
        for (int i = 0; i < substreams; i++) {
            assertThat(received.get(i).heaps())
                    .extracting(Received::cnt)
                    .containsExactlyInAnyOrderElementsOf(cnts.get(i));
            for (Received heap : received.get(i).heaps()) {
                ItemValue data = heap.values().get("data");
                assertThat(data.elementCount()).isEqualTo(sizes[(int) (heap.cnt() % 1000)]);
                assertThat(data.elements()).allMatch(element -> element.equals(heap.cnt() & 0xff));
            }
        }
    }

    private static SendHeap marked(byte mark, int size) {
        ItemGroup group = new ItemGroup();
        Item data = group.add("data", "", Shape.of(Shape.VARIABLE), new FormatField('u', 8));
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, mark);
        group.set(data, data.type().ofElements(ByteBuffer.wrap(bytes)));
        return new HeapGenerator(group, FLAVOUR).heap();
    }
}
