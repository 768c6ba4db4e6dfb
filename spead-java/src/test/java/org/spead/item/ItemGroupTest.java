package org.spead.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spead.oracle.WalkedHeap;

class ItemGroupTest {
    private static final FormatField U8 = new FormatField('u', 8);

    private final ItemGroup group = new ItemGroup();

    private static RawItem describe(Descriptor descriptor) {
        return new RawItem(ItemId.DESCRIPTOR, false, 0, descriptor.encode(Flavour.SPEAD_64_48));
    }

    private static Descriptor u8(int id, String name) {
        return Descriptor.format(id, name, "", Shape.SCALAR, U8);
    }

    private static RawItem value(int id, long value) {
        return WalkedHeap.immediate(id, value, 6);
    }

    @Test
    void shouldApplyDescriptorsBeforeItemsWhateverTheirOrder() {
        ItemUpdate update = group.update(List.of(value(0x1000, 7), describe(u8(0x1000, "a"))));

        assertThat(update.updated()).containsExactly(group.get("a"));
        assertThat(update.descriptorsAdopted()).isEqualTo(1);
        assertThat(group.get(0x1000).value().asLong()).isEqualTo(7);
        assertThat(group.get("a").version()).isEqualTo(3);
    }

    @Test
    void shouldSkipAndCountItemsWithoutDescriptor() {
        ItemUpdate update = group.update(
                List.of(value(0x2000, 1), value(ItemId.STREAM_CTRL, 0), describe(u8(0x1000, "a")), value(0x1000, 2)));

        assertThat(update.unknownItems()).isEqualTo(1);
        assertThat(update.updated()).hasSize(1);
        assertThat(update.isComplete()).isTrue();
    }

    @Test
    void shouldNotMindDescriptorsSentAgain() {
        group.update(List.of(describe(u8(0x1000, "a")), value(0x1000, 2)));
        Item item = group.get("a");

        ItemUpdate update = group.update(List.of(describe(u8(0x1000, "a"))));

        assertThat(update.descriptorsAdopted()).isZero();
        assertThat(group.get("a")).isSameAs(item);
        assertThat(item.version()).isEqualTo(3);
        assertThat(item.value().asLong()).isEqualTo(2);
    }

    @Test
    void shouldReplaceItemsOfTheSameIdentifierAndOfTheSameName() {
        group.update(List.of(describe(u8(0x1000, "a")), describe(u8(0x1001, "b")), value(0x1000, 1), value(0x1001, 1)));
        group.update(List.of(value(0x1001, 1)));

        ItemUpdate update = group.update(List.of(describe(u8(0x1000, "b"))));

        assertThat(update.descriptorsAdopted()).isEqualTo(1);
        assertThat(group.items()).containsExactly(group.get("b"));
        assertThat(group.get("a")).isNull();
        assertThat(group.get(0x1001)).isNull();
        assertThat(group.get(0x1000).value()).isNull();
        assertThat(group.get(0x1000).version()).isEqualTo(6);
        // The first descriptor again: its bytes are remembered, but it describes another item now.
        assertThat(group.update(List.of(describe(u8(0x1000, "a")))).descriptorsAdopted())
                .isEqualTo(1);
        assertThat(group.get("a").version()).isEqualTo(7);
    }

    @Test
    void shouldStopAtAnItemThatDoesNotFitAndKeepWhatCameBefore() {
        Descriptor wide = Descriptor.format(0x1001, "b", "", Shape.of(9), U8);
        ItemUpdate update = group.update(List.of(
                describe(u8(0x1000, "a")),
                describe(wide),
                describe(u8(0x1002, "c")),
                value(0x1000, 1),
                value(0x1001, 1),
                value(0x1002, 1)));

        assertThat(update.fault()).isEqualTo(ItemFault.VALUE_SHORT);
        assertThat(update.faultItemId()).isEqualTo(0x1001);
        assertThat(update.updated()).containsExactly(group.get("a"));
        assertThat(group.get("c").value()).isNull();
    }

    @Test
    void shouldCountUnreadableDescriptorsAndGoOn() {
        RawItem garbage = new RawItem(ItemId.DESCRIPTOR, false, 0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        ItemUpdate update = group.update(List.of(garbage, describe(u8(0x1000, "a")), value(0x1000, 1)));

        assertThat(update.descriptorsDropped()).isEqualTo(1);
        assertThat(update.updated()).hasSize(1);
    }

    @Test
    void shouldStopAtADescriptorThatDescribesNothing() {
        Descriptor empty = Descriptor.format(0x1000, "a", "", Shape.SCALAR);
        for (int i = 0; i < 2; i++) {
            ItemUpdate update = group.update(List.of(describe(empty), describe(u8(0x1001, "b")), value(0x1001, 1)));

            assertThat(update.fault()).isEqualTo(ItemFault.FORMAT_EMPTY);
            assertThat(update.faultItemId()).isEqualTo(0x1000);
            assertThat(update.updated()).isEmpty();
        }
        assertThat(group.items()).isEmpty();
    }

    @Test
    void shouldBoundItsMemoryOfItemsAndDescriptors() {
        for (int i = 0; i < ItemGroup.MAX_ITEMS; i++) {
            group.update(List.of(describe(Descriptor.format(0x10 + i % 0x7000, "n" + i, "", Shape.SCALAR, U8))));
        }
        ItemGroup full = new ItemGroup();
        for (int i = 0; i < ItemGroup.MAX_ITEMS; i++) {
            full.add(u8(0x1000 + i, "n" + i));
        }
        assertThat(group.items().size()).isEqualTo(0x7000);
        ItemUpdate update = full.update(List.of(describe(u8(7, "more"))));
        assertThat(update.fault()).isEqualTo(ItemFault.TOO_MANY_ITEMS);
    }
}
