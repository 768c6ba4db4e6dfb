package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.spead.WirePacket;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.item.RawItem;

class HeapTest {
    private final AssemblyFixture stream = new AssemblyFixture(ReceiveConfig.builder());

    private Heap heap(WirePacket packet) {
        stream.give(packet);
        return (Heap) stream.sink.delivered.remove(0);
    }

    private Heap heap() {
        return heap(WirePacket.of(48, 1, 6, 0, new byte[] {1, 2, 3, 4, 5, 6})
                .immediate(0x1003, 0xFFFF_FFFF_FFFFL)
                .addressed(0x1001, 4)
                .immediate(0x1002, 9)
                .addressed(0x1000, 0));
    }

    @Test
    void shouldGiveItemsByIndexAndAsObjects() {
        try (Heap heap = heap()) {
            assertThat(heap.items()).extracting(RawItem::id).containsExactly(0x1000, 0x1001, 0x1002, 0x1003);
            assertThat(heap.item(1).bytes().getShort(0)).isEqualTo((short) 0x0506);
            assertThat(heap.item(1).bytes().isReadOnly()).isTrue();
            assertThat(heap.item(3).immediateValue()).isEqualTo(0xFFFF_FFFF_FFFFL);
            assertThat(heap.item(3).bytes().remaining()).isEqualTo(6);
            assertThat(heap.item(2).bytes().get(5)).isEqualTo((byte) 9);
            assertThat(heap.itemLength(2)).isEqualTo(6);
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> heap.itemId(4))
                    .withMessage("heap 1 has 4 items, no item 4");
            assertThatIllegalArgumentException().isThrownBy(() -> heap.immediateValue(0));
            assertThatIllegalArgumentException().isThrownBy(() -> heap.itemOffset(2));
        }
    }

    @Test
    void shouldReturnMemoryWithTheLastReference() {
        Heap heap = heap();
        assertThat(heap.retain()).isSameAs(heap);
        heap.close();
        assertThat(heap.cnt()).isEqualTo(1);
        assertThat(stream.pool.lentBytes()).isPositive();
        heap.release();
        assertThat(stream.pool.lentBytes()).isZero();
    }

    @Test
    void shouldRefuseUseAfterTheLastReference() {
        Heap heap = heap();
        heap.close();

        assertThatIllegalStateException().isThrownBy(heap::cnt).withMessageContaining("heap 1 was used after");
        assertThatIllegalStateException().isThrownBy(heap::payload);
        assertThatIllegalStateException().isThrownBy(heap::items);
        assertThatIllegalStateException().isThrownBy(() -> heap.itemId(0));
        assertThatIllegalStateException().isThrownBy(() -> heap.item(0));
        assertThatIllegalStateException().isThrownBy(heap::isEndOfStream);
        assertThatIllegalStateException().isThrownBy(heap::retain);
        assertThatIllegalStateException().isThrownBy(heap::close);
        assertThat(stream.pool.lentBytes()).isZero();
    }

    @Test
    void shouldUseObjectAndMemoryAgain() {
        Heap first = heap();
        first.close();
        Heap second = heap(WirePacket.of(40, 2, 3, 0, new byte[] {7, 8, 9}).addressed(5, 1));

        assertThat(second).isSameAs(first);
        assertThat(second.cnt()).isEqualTo(2);
        assertThat(second.itemCount()).isEqualTo(1);
        assertThat(second.payload().limit()).isEqualTo(3);
        assertThat(second.item(0).bytes().get(0)).isEqualTo((byte) 8);
        second.close();
    }

    @Test
    void shouldSortManyItemsStably() {
        WirePacket packet = WirePacket.of(40, 3, 2000, 0, new byte[2000]);
        for (int i = 999; i >= 0; i--) {
            packet.addressed(0x2000 + i, 2L * i).immediate(0x4000 + i, i % 7);
        }
        try (Heap heap = heap(packet)) {
            assertThat(heap.itemCount()).isEqualTo(2000);
            for (int i = 0; i < 1000; i++) {
                assertThat(heap.itemId(i)).isEqualTo(0x2000 + i);
                assertThat(heap.itemLength(i)).isEqualTo(2);
            }
            for (int i = 1001; i < 2000; i++) {
                long before = heap.immediateValue(i - 1);
                assertThat(heap.immediateValue(i)).isGreaterThanOrEqualTo(before);
                if (heap.immediateValue(i) == before) {
                    assertThat(heap.itemId(i)).as("order of arrival").isLessThan(heap.itemId(i - 1));
                }
            }
        }
    }

    @Test
    void shouldStayWholeWhileTwoThreadsHoldIt() throws InterruptedException {
        AtomicReference<Throwable> fault = new AtomicReference<>();
        for (int round = 0; round < 200; round++) {
            Heap heap = heap();
            Agent reader = new Agent() {
                @Override
                public String roleName() {
                    return "reader";
                }

                @Override
                public int doWork() {
                    if (heap.payload().get(5) != 6 || heap.cnt() != 1) {
                        throw new AssertionError("heap was used again while it was held");
                    }
                    heap.release();
                    return DONE;
                }
            };
            heap.retain();
            AgentRunner runner = new AgentRunner(
                            "reader", List.of(reader), IdleStrategy.backoff(), (agent, e) -> fault.set(e))
                    .start();
            heap.release();
            stream.give(2, 6, 0, new byte[6]);
            assertThat(runner.join(10_000)).isTrue();
            stream.sink.close();
        }
        assertThat(fault.get()).isNull();
        assertThat(stream.pool.lentBytes()).isZero();
    }
}
