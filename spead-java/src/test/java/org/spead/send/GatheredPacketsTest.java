package org.spead.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.spead.item.Flavour;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/** Packets whose payload stays in the heap: the same bytes as copied ones, and the heap stays its stream's until they have left. */
class GatheredPacketsTest {
    private static final int MAX_PACKET_BYTES = 1000;

    private final List<IOException> done = new ArrayList<>();
    private final HeapCompletion completion = (heap, bytes, error) -> done.add(error);

    private static SendStream stream(PacketSink sink) {
        SendConfig config = SendConfig.builder()
                .maxPacketBytes(MAX_PACKET_BYTES)
                .maxHeaps(8)
                .build();
        return new SendStream("send-0", config, sink);
    }

    private static CapturingSink gathering(int batchPackets) {
        CapturingSink sink = new CapturingSink(batchPackets);
        sink.gathers = true;
        return sink;
    }

    private static ByteBuffer data(Random random, int bytes) {
        ByteBuffer data =
                random.nextInt(4) == 0 ? ByteBuffer.allocate(bytes + 5) : ByteBuffer.allocateDirect(bytes + 5);
        for (int i = 0; i < data.capacity(); i++) {
            data.put(i, (byte) random.nextInt());
        }
        return data.position(3).limit(3 + bytes);
    }

    private static SendHeap heap(ByteBuffer... segments) {
        HeapBuilder builder = new HeapBuilder(Flavour.SPEAD_64_48);
        for (int i = 0; i < segments.length; i++) {
            builder.addReference(0x1000 + i, segments[i]);
        }
        builder.addImmediate(0x2000, 7);
        return builder.build();
    }

    private static void drain(SendStream stream, CapturingSink sink, Random random) {
        while (!stream.isDrained()) {
            sink.takeAtMost = random.nextInt(5);
            stream.doWork();
        }
    }

    @Test
    void shouldSendTheSameBytesWhateverTheHeapAndHoweverTheSinkTakesThem() {
        long seed = 21;
        Random random = new Random(seed);
        CapturingSink copied = new CapturingSink(1);
        CapturingSink gathered = gathering(16);
        SendStream reference = stream(copied);
        SendStream stream = stream(gathered);
        for (int round = 0; round < 300; round++) {
            List<HeapReference> heaps = new ArrayList<>();
            for (int h = 1 + random.nextInt(4); h > 0; h--) {
                ByteBuffer[] segments = new ByteBuffer[random.nextInt(5)];
                for (int i = 0; i < segments.length; i++) {
                    segments[i] = data(random, random.nextInt(random.nextBoolean() ? 20 : 5000));
                }
                heaps.add(HeapReference.of(heap(segments)));
            }
            GroupMode mode = random.nextBoolean() ? GroupMode.SERIAL : GroupMode.ROUND_ROBIN;
            assertThat(reference.offerGroup(heaps, mode, (group, bytes, error) -> {}))
                    .isTrue();
            while (!reference.isDrained()) {
                reference.doWork();
            }
            assertThat(stream.offerGroup(heaps, mode, (group, bytes, error) -> {}))
                    .isTrue();
            drain(stream, gathered, random);
            assertThat(gathered.packets).as("round %d, seed %d", round, seed).hasSameSizeAs(copied.packets);
            for (int i = 0; i < copied.packets.size(); i++) {
                assertThat(gathered.packets.get(i))
                        .as("packet %d of round %d, seed %d", i, round, seed)
                        .isEqualTo(copied.packets.get(i));
            }
            copied.packets.clear();
            gathered.packets.clear();
        }
    }

    @Test
    void shouldSendFromWhereThePayloadLies() {
        CapturingSink sink = gathering(8);
        SendStream stream = stream(sink);
        ByteBuffer payload = ByteBuffer.allocateDirect(3000);
        SendHeap heap = heap(payload);
        stream.offer(heap, completion);
        sink.takeAtMost = 0;
        stream.doWork();
        payload.put(2999, (byte) 42);
        sink.takeAtMost = 8;
        stream.doWork();
        assertThat(sink.packets).hasSize(4);
        byte[] last = sink.packets.get(3);
        assertThat(last[last.length - 1])
                .as("the payload was not copied before")
                .isEqualTo((byte) 42);
        assertThat(payload.position()).isZero();
        assertThat(payload.limit()).isEqualTo(3000);
    }

    @Test
    void shouldKeepTheHeapUntilItsLastPacketHasLeft() {
        CapturingSink sink = gathering(8);
        SendStream stream = stream(sink);
        SendHeap heap = heap(ByteBuffer.allocateDirect(3000));
        stream.offer(heap, completion);
        for (int taken = 0; taken < 4; taken++) {
            assertThat(done).as("%d packets of 4 taken", taken).isEmpty();
            assertThatIllegalStateException().isThrownBy(() -> heap.segment(0));
            sink.takeAtMost = 1;
            stream.doWork();
        }
        assertThat(done).hasSize(1).containsOnlyNulls();
        assertThat(heap.segment(0).remaining()).isEqualTo(3000);
    }

    @Test
    void shouldGiveTheHeapBackWhenASinkFailsOrTheStreamCloses() {
        CapturingSink sink = gathering(8);
        SendStream stream = stream(sink);
        SendHeap heap = heap(ByteBuffer.allocateDirect(3000));
        stream.offer(heap, completion);
        sink.failures = 2;
        for (int i = 0; i < 3; i++) {
            stream.doWork();
        }
        assertThat(sink.packets).hasSize(2);
        assertThat(done).hasSize(1).doesNotContainNull();
        stream.offer(heap, completion);
        sink.takeAtMost = 0;
        stream.doWork();
        stream.onClose();
        assertThat(done).hasSize(2).doesNotContainNull();
        assertThat(heap.segment(0).remaining()).isEqualTo(3000);
    }

    @Test
    void shouldSendASegmentThatWasExchanged() {
        CapturingSink sink = gathering(8);
        SendStream stream = stream(sink);
        SendHeap heap = heap(ByteBuffer.allocateDirect(2000));
        for (int i = 1; i <= 3; i++) {
            ByteBuffer other = ByteBuffer.allocateDirect(2000);
            other.put(1999, (byte) i);
            heap.setSegment(0, other);
            sink.packets.clear();
            stream.offer(heap, completion);
            stream.doWork();
            byte[] last = sink.packets.get(sink.packets.size() - 1);
            assertThat(last[last.length - 1]).isEqualTo((byte) i);
        }
    }

    /** A small block: what does not stay in place limits the batch, what does is limited by the number of packets. */
    @Test
    void shouldFillABatchByWhatIsInItsBlock() {
        List<Integer> counts = new ArrayList<>();
        PacketSink sink = new PacketSink() {
            @Override
            public PacketBatch newBatch(int maxPacketBytes) {
                return PacketBatch.gathering(maxPacketBytes, 8);
            }

            @Override
            public int send(PacketBatch batch, int first) {
                counts.add(batch.count());
                return batch.count() - first;
            }

            @Override
            public String describe() {
                return "counting";
            }

            @Override
            public void close() {}
        };
        SendStream stream = stream(sink);
        stream.offer(heap(ByteBuffer.allocateDirect(10_000)), completion);
        stream.offer(heap(ByteBuffer.allocate(2000)), completion);
        while (!stream.isDrained()) {
            stream.doWork();
        }
        assertThat(counts).startsWith(8).endsWith(1, 1);
    }
}
