package org.spead.transport.impair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.spead.transport.PacketBatch;

/** What is sent is what the listener was told, for any seed, medium and division into batches. */
class ImpairedSinkTest {
    private static final int PACKETS = 2000;
    private static final PacketImpairments SOME = new PacketImpairments(0.1, 0.1, 0.1, 3, 0.1);

    private final NumberedPackets medium = new NumberedPackets();
    private final Map<Long, PacketImpairment> done = new TreeMap<>();

    private void note(PacketImpairment what, PacketBatch batch, int index, int bit) {
        done.put(NumberedPackets.number(batch, index), what);
    }

    private ImpairedSink sink(PacketImpairments impairments, long seed, PacketChoice choice) {
        return new ImpairedSink(medium, impairments, seed, choice, this::note);
    }

    private static void send(ImpairedSink sink, long first, int count) throws IOException {
        PacketBatch batch = NumberedPackets.batch(first, count);
        assertThat(sink.send(batch, 0)).isEqualTo(count);
    }

    /** What comes of the packets, by the listener's account. A damaged packet is one that has another number or other bytes. */
    private List<Long> expected(int distance) {
        List<Long> expected = new ArrayList<>();
        for (long number = 0; number < PACKETS; number++) {
            PacketImpairment what = done.get(number);
            if (what != PacketImpairment.DROP && what != PacketImpairment.REORDER) {
                expected.add(number);
            }
            if (what == PacketImpairment.DUPLICATE) {
                expected.add(number);
            }
            if (done.get(number - distance) == PacketImpairment.REORDER) {
                expected.add(number - distance);
            }
        }
        LongStream.range(PACKETS - distance, PACKETS)
                .filter(number -> done.get(number) == PacketImpairment.REORDER)
                .forEach(expected::add);
        return expected;
    }

    @Test
    void shouldSendWhatTheListenerWasTold() throws IOException {
        for (long seed = 1; seed <= 100; seed++) {
            medium.numbers().clear();
            done.clear();
            Random random = new Random(seed);
            PacketImpairments impairments = new PacketImpairments(0.2, 0.15, 0.25, 1 + random.nextInt(9), 0);
            ImpairedSink sink = sink(impairments, seed, PacketChoice.ALL);
            int sent = 0;
            while (sent < PACKETS) {
                int count = Math.min(PACKETS - sent, 1 + random.nextInt(100));
                PacketBatch batch = NumberedPackets.batch(sent, count);
                int taken = 0;
                while (taken < count) {
                    medium.allow(random.nextInt(40));
                    taken += sink.send(batch, taken);
                }
                sent += count;
            }
            medium.allow(Integer.MAX_VALUE);
            sink.close();
            assertThat(medium.numbers()).as("seed %d", seed).isEqualTo(expected(impairments.reorderDistance()));
            assertThat(done.values()).as("seed %d", seed).contains(PacketImpairment.DROP, PacketImpairment.REORDER);
            assertThat((double) done.size() / PACKETS).as("seed %d", seed).isBetween(0.54, 0.66);
        }
    }

    @Test
    void shouldDoTheSameForTheSameSeedHoweverPacketsAreDivided() throws IOException {
        ImpairedSink whole = sink(SOME, 5, PacketChoice.ALL);
        send(whole, 0, PACKETS);
        Map<Long, PacketImpairment> first = new TreeMap<>(done);
        done.clear();
        ImpairedSink pieces = sink(SOME, 5, PacketChoice.ALL);
        for (int i = 0; i < PACKETS; i += 10) {
            send(pieces, i, 10);
        }
        assertThat(done).isEqualTo(first);
        done.clear();
        send(sink(SOME, 6, PacketChoice.ALL), 0, PACKETS);
        assertThat(done).isNotEqualTo(first);
    }

    @Test
    void shouldChangeTheBitThatItNamesInTheCopyAlone() throws IOException {
        List<Integer> bits = new ArrayList<>();
        ImpairedSink sink = new ImpairedSink(
                medium,
                new PacketImpairments(0, 0, 0, 1, 1),
                9,
                PacketChoice.ALL,
                (what, batch, index, bit) -> bits.add(bit));
        for (int i = 0; i < 500; i++) {
            PacketBatch batch = NumberedPackets.batch(77, 1);
            sink.send(batch, 0);
            assertThat(NumberedPackets.number(batch, 0)).isEqualTo(77);
            int bit = bits.get(i);
            assertThat(bit).isBetween(0, 8 * NumberedPackets.BYTES - 1);
            assertThat(medium.numbers().get(i)).isEqualTo(bit < 64 ? 77 ^ (Long.MIN_VALUE >>> bit) : 77);
        }
        assertThat(bits).contains(0).contains(8 * NumberedPackets.BYTES - 1);
    }

    @Test
    void shouldNeitherImpairNorOvertakeWhatIsNotChosen() throws IOException {
        ImpairedSink sink = sink(
                new PacketImpairments(0, 0, 1, 100, 0),
                1,
                (batch, index) -> NumberedPackets.number(batch, index) % 10 != 0);
        send(sink, 1, 20);
        assertThat(medium.numbers())
                .isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void shouldLetPassWhatMayOvertake() throws IOException {
        PacketChoice even = new PacketChoice() {
            @Override
            public boolean mayImpair(PacketBatch batch, int index) {
                return NumberedPackets.number(batch, index) % 2 == 0;
            }

            @Override
            public boolean mayOvertake(PacketBatch batch, int index) {
                return NumberedPackets.number(batch, index) != 5;
            }
        };
        ImpairedSink sink = sink(new PacketImpairments(0, 0, 1, 100, 0), 1, even);
        send(sink, 0, 8);
        assertThat(medium.numbers()).containsExactly(1L, 3L, 0L, 2L, 4L, 5L, 7L);
    }

    @Test
    void shouldSendWhatIsHeldBackWhenClosed() throws IOException {
        ImpairedSink sink = sink(new PacketImpairments(0, 0, 1, 100, 0), 1, PacketChoice.ALL);
        send(sink, 1, 3);
        assertThat(medium.numbers()).isEmpty();
        sink.close();
        sink.close();
        assertThat(medium.numbers()).containsExactly(1L, 2L, 3L);
        assertThat(medium.isClosed()).isTrue();
    }

    @Test
    void shouldTellOfEachPacketThatIsGivenUp() throws IOException {
        List<Long> neverSent = new ArrayList<>();
        ImpairmentListener listener = new ImpairmentListener() {
            @Override
            public void impaired(PacketImpairment what, PacketBatch batch, int index, int bit) {
                // All are out of order.
            }

            @Override
            public Runnable ifNeverSent(PacketBatch batch, int index) {
                long number = NumberedPackets.number(batch, index);
                return () -> neverSent.add(number);
            }
        };
        ImpairedSink sink =
                new ImpairedSink(medium, new PacketImpairments(0, 0, 1, 3, 0), 1, PacketChoice.ALL, listener);
        send(sink, 1, 5);
        assertThat(medium.numbers()).containsExactly(1L, 2L);
        sink.abandon();
        sink.abandon();
        assertThat(neverSent).containsExactly(3L, 4L, 5L);
        sink.close();
        assertThat(medium.numbers()).containsExactly(1L, 2L);
    }

    /** What fails while packet 4 is altered may be packet 1, which had been held back until then. */
    @Test
    void shouldTellAnErrorOfThePacketBehindWhichAHeldOneWent() throws IOException {
        ImpairedSink sink = sink(new PacketImpairments(0, 0, 1, 3, 0), 1, PacketChoice.ALL);
        PacketBatch batch = NumberedPackets.batch(1, 6);
        medium.refuse(1);
        assertThat(sink.send(batch, 0)).isEqualTo(3);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> sink.send(batch, 3))
                .withMessage("refused 1");
        assertThat(sink.send(batch, 4)).isEqualTo(2);
        assertThat(medium.numbers()).containsExactly(2L, 3L);
    }

    @Test
    void shouldTellAnErrorOfThePacketThatItCameOf() throws IOException {
        ImpairedSink sink = sink(PacketImpairments.NONE, 1, PacketChoice.ALL);
        PacketBatch batch = NumberedPackets.batch(0, 20);
        medium.refuse(9);
        assertThat(sink.send(batch, 0)).isEqualTo(9);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> sink.send(batch, 9))
                .withMessage("refused 9");
        assertThat(sink.send(batch, 10)).isEqualTo(10);
        assertThat(medium.numbers()).hasSize(19).doesNotContain(9L).isSorted();
    }

    @Test
    void shouldRefuseFractionsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PacketImpairments(-0.1, 0, 0, 1, 0))
                .withMessage("drop must be from 0 to 1, not -0.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PacketImpairments(0.5, 0.25, 0.5, 1, 0))
                .withMessage("the sum of all fractions must be from 0 to 1, not 1.25");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PacketImpairments(0, 0, 0, 0, Double.NaN))
                .withMessageStartingWith("corrupt must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PacketImpairments(0, 0, 0.1, 0, 0))
                .withMessage("reorderDistance must be at least 1, not 0");
    }
}
