package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spead.transport.ForwardingSource;
import org.spead.transport.PacketSource;
import org.spead.transport.memory.MemoryLink;

/** When a stream has nothing to do at once, and for how long. */
class ReceiveStreamPauseTest {
    private static final ReceiveConfig NEVER_WAITING =
            ReceiveConfig.builder().receiveTimeoutNanos(0).build();

    private final BufferPool pool = new BufferPool(1 << 24);
    private final CollectingSink sink = new CollectingSink();
    private final MemoryLink link = new MemoryLink("link", 1000);

    private ReceiveStream stream(ReceiveConfig config, HeapSink heapSink, PacketSource source) {
        return new ReceiveStream(config, List.of(source), heapSink, pool, FaultListener.NONE, () -> 0);
    }

    /** A source that says after each batch whether there may be more. */
    private static final class FrankSource extends ForwardingSource {
        private boolean emptied;
        private int bufferBytes = 1 << 22;

        FrankSource(PacketSource source) {
            super(source);
        }

        @Override
        public boolean wasEmptied() {
            return emptied;
        }

        @Override
        public int effectiveBufferBytes() {
            return bufferBytes;
        }
    }

    @Test
    void shouldLetPacketsGatherBehindASourceThatItHasEmptied() {
        FrankSource source = new FrankSource(link.source());
        ReceiveStream stream = stream(NEVER_WAITING, sink, source);
        ReceiveStreamTest.send(link.sink(), ReceiveStreamTest.heap(1));
        assertThat(stream.doWork()).isEqualTo(1);
        source.emptied = true;
        ReceiveStreamTest.send(link.sink(), ReceiveStreamTest.heap(2), ReceiveStreamTest.heap(3));
        assertThat(stream.doWork()).as("nothing more is to be done now").isZero();
        assertThat(stream.stats().get(StreamStat.PACKETS)).isEqualTo(3);
        stream.onClose();
    }

    @Test
    void shouldLookAgainAtOnceBehindASmallBuffer() {
        FrankSource source = new FrankSource(link.source());
        source.emptied = true;
        source.bufferBytes = 1 << 20;
        ReceiveStream stream = stream(NEVER_WAITING, sink, source);
        ReceiveStreamTest.send(link.sink(), ReceiveStreamTest.heap(1));
        assertThat(stream.doWork()).isEqualTo(1);
        stream.onClose();
    }

    @Test
    void shouldLookAgainAtOnceWhenItWaitsInTheSource() {
        FrankSource source = new FrankSource(link.source());
        source.emptied = true;
        ReceiveConfig waiting = ReceiveConfig.builder().receiveTimeoutNanos(1).build();
        ReceiveStream stream = stream(waiting, sink, source);
        ReceiveStreamTest.send(link.sink(), ReceiveStreamTest.heap(1));
        assertThat(stream.doWork()).isEqualTo(1);
        stream.onClose();
    }

    @Test
    void shouldLookSoonerWhenTheRingHasNoRoomThanWhenNothingComes() {
        FrankSource source = new FrankSource(link.source());
        source.bufferBytes = 1 << 25;
        HeapRing ring = new HeapRing(1, OverflowPolicy.PAUSE);
        ReceiveStream stream = stream(NEVER_WAITING, ring, source);
        assertThat(stream.doWork()).isZero();
        assertThat(stream.nanosUntilDue()).isEqualTo(4_000_000);
        ReceiveStreamTest.send(link.sink(), ReceiveStreamTest.heap(1));
        assertThat(stream.doWork()).isEqualTo(1);
        assertThat(stream.doWork()).isZero();
        stream.nanosUntilDue();
        assertThat(stream.doWork()).isZero();
        assertThat(stream.nanosUntilDue())
                .as("the ring is still full, and nothing comes")
                .isEqualTo(1_000_000);
        ring.poll().close();
        assertThat(stream.doWork()).isZero();
        assertThat(stream.nanosUntilDue()).isEqualTo(4_000_000);
        stream.onClose();
    }
}
