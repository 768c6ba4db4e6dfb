package org.spead.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spead.item.Flavour;
import org.spead.item.FormatField;
import org.spead.item.Item;
import org.spead.item.ItemGroup;
import org.spead.item.Shape;
import org.spead.oracle.WalkedHeap;
import org.spead.send.HeapGenerator.Include;

/** What the data of the reference sender do not show; those are in {@link HeapGeneratorOracleTest}. */
class HeapGeneratorTest {
    private static final FormatField U32 = new FormatField('u', 32);

    private final ItemGroup items = new ItemGroup();
    private final HeapGenerator generator = new HeapGenerator(items, Flavour.SPEAD_64_48);
    private final CapturingSink sink = new CapturingSink(8);
    private final SendStream stream =
            new SendStream("send-0", SendConfig.builder().build(), sink);

    private List<Integer> ids(SendHeap heap) throws IOException {
        sink.packets.clear();
        stream.sendHeap(heap);
        return WalkedHeap.walk(sink.packets).values().iterator().next().pointers().stream()
                .map(WalkedHeap.Pointer::id)
                .filter(id -> id != 0)
                .toList();
    }

    @Test
    void shouldLeaveAHeapAloneWhenTheGroupChanges() throws IOException {
        Item item = items.add("a", "", Shape.of(4), U32);
        items.set(item, item.type().ofElements(ByteBuffer.wrap(new byte[16])));
        SendHeap before = generator.heap(Include.NONE, Include.ALL);
        byte[] ones = new byte[16];
        Arrays.fill(ones, (byte) 1);
        items.set(item, item.type().ofElements(ByteBuffer.wrap(ones)));

        ids(before);
        assertThat(WalkedHeap.walk(sink.packets).values().iterator().next().payload())
                .containsOnly(0);
        ids(generator.heap(Include.NONE, Include.STALE));
        assertThat(WalkedHeap.walk(sink.packets).values().iterator().next().payload())
                .containsOnly(1);
    }

    @Test
    void shouldAddToAHeapThatHasMore() throws IOException {
        Item item = items.add("a", "", Shape.SCALAR, U32);
        items.set(item, item.type().ofLong(7));
        HeapBuilder start = new HeapBuilder(Flavour.SPEAD_64_48).addStreamStart();

        assertThat(ids(generator.addTo(start, Include.ALL, Include.NONE).build()))
                .containsExactly(6, 5);
        assertThat(ids(generator.heap())).containsExactly(0x1000);
        assertThat(ids(generator.heap())).isEmpty();
    }

    @Test
    void shouldSetValuesOfTheItemsTypeOnly() {
        Item item = items.add("a", "", Shape.SCALAR, U32);
        Item pair = items.add("b", "", Shape.of(2), U32);
        assertThatThrownBy(() -> items.set(pair, item.type().ofLong(1))).hasMessageContaining("cannot have a value");
        assertThatThrownBy(() -> items.set("c", item.type().ofLong(1))).hasMessage("there is no item c");
        items.set("a", item.type().ofLong(1));
        items.add("a", "", Shape.SCALAR, new FormatField('u', 8));
        assertThatThrownBy(() -> items.set(item, item.type().ofLong(1))).hasMessageContaining("was replaced");
        assertThat(item.version()).isEqualTo(2);
        assertThat(items.get("a").version()).isEqualTo(3);
    }

    @Test
    void shouldRefuseAFrequencyBelowZero() {
        assertThatThrownBy(() -> new HeapGenerator(items, Flavour.SPEAD_64_48, -1))
                .hasMessageContaining("descriptorFrequency");
    }
}
