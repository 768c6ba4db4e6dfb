package org.cbfsdp.consumer.complete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerException;
import org.cbfsdp.consumer.ConsumerOptions;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.SpectralWindow;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dumps are fed by hand; time is a number. */
@Timeout(60)
class CompleteDumpsTest {
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final long SECOND_TICKS = 1L << 32;
    /** 2 s apart, 2023-11-14. */
    private static final long START_TICKS = 1_700_000_000L << 32;

    private final List<CountedPayload> payloads = new ArrayList<>();
    private long now;
    private long nanosPerLook;
    private Runnable onLook = () -> {};
    private final CompleteDumps dumps = new CompleteDumps(64, true, this::clock);

    @AfterEach
    void shouldHaveGivenEveryDumpBack() {
        dumps.stop();
        assertThat(payloads).allMatch(payload -> payload.references() == 0);
    }

    @Test
    void shouldCopyTheNextDumpAndGiveItsMemoryBack() throws Exception {
        feed(whole(0));
        ByteBuffer sent = payloads.get(1).data().duplicate();

        VisibilityDump copy = dumps.next();

        assertThat(payloads).allMatch(payload -> payload.references() == 0);
        assertThat(copy.timestampTicks()).isEqualTo(ticks(0));
        assertThat(copy.scanId()).isEqualTo(9);
        assertThat(copy.isComplete()).isTrue();
        VisibilityPayload second = copy.payload(1);
        assertThat(second.data()).isEqualTo(sent.rewind());
        assertThat(second.data().isReadOnly()).isTrue();
        assertThat(List.of(second.timestampTicks(), second.scanId(), second.hardwareId()))
                .containsExactly(ticks(0), 9L, 7L);
        assertThat(List.of(
                        second.channelId(),
                        second.channelCount(),
                        second.baselineCount(),
                        second.polarisationId(),
                        second.phaseBinId(),
                        second.phaseBinCount()))
                .containsExactly(2, 2, 3, 4, 5, 6);
        assertThat(second.layout()).isEqualTo(payloads.get(1).layout());
    }

    @Test
    void shouldHandOutTheDumpItselfToWhoeverReleasesIt() throws Exception {
        feed(whole(0));
        VisibilityDump dump = dumps.await(0, 0);
        assertThat(dump.payload(0)).isSameAs(payloads.get(0));
        assertThat(payloads.get(0).references()).isEqualTo(1);
        dump.release();
    }

    @Test
    void shouldPassOverWhatLacksAHeapOrIsMarkedAsMissing() throws Exception {
        feed(dump(0, payload(0, 0), null));
        feed(dump(1, payload(1, 0), payload(1, 2).withoutData(5)));
        feed(whole(2));
        assertThat(dumps.next().timestampTicks()).isEqualTo(ticks(2));
    }

    @Test
    void shouldTakeWhatIsMarkedAsMissingWhenTheMarkMeansNothing() throws Exception {
        CompleteDumps heedless = new CompleteDumps(4, false);
        VisibilityDump unmarked = dump(1, payload(1, 0), payload(1, 2).withoutData(0));
        VisibilityDump lacking = dump(0, null, payload(0, 2));
        heedless.consume(lacking, false);
        heedless.consume(unmarked, false);
        lacking.release();
        unmarked.release();
        assertThat(heedless.next(0, 0).timestampTicks()).isEqualTo(ticks(1));
    }

    @Test
    void shouldPassOverDumpsBeforeATime() throws Exception {
        // The second half of 64 bits of ticks begins in 2038, and is later.
        long late = Long.MIN_VALUE + 5;
        feed(whole(0));
        feed(whole(1));
        feed(whole(2));
        feed(new VisibilityDump(late, 9, new VisibilityPayload[] {payload(3, 0)}));
        assertThat(dumps.next(ticks(1), 0).timestampTicks()).isEqualTo(ticks(1));
        assertThat(dumps.next(late, 0).timestampTicks()).isEqualTo(late);
        assertThatThrownBy(() -> dumps.next(late, 0)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void shouldTimeOutOnAQueueThatIsNeverFed() {
        assertThatThrownBy(() -> dumps.next(0, 0))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("no complete dump came in time; 0 others were passed over");
        nanosPerLook = 1;
        assertThatThrownBy(() -> dumps.await(ticks(3), 5)).isInstanceOf(TimeoutException.class);
        assertThat(CompleteDumps.DEFAULT_TIMEOUT_NANOS).isEqualTo(10 * SECOND_NANOS);
    }

    @Test
    void shouldTimeOutAlsoWhileOthersCome() {
        onLook = () -> feed(dump(0, payload(0, 0), null));
        nanosPerLook = 4 * SECOND_NANOS;
        assertThatThrownBy(dumps::next)
                .isInstanceOf(TimeoutException.class)
                .hasMessageStartingWith("no complete dump came in time; 3 others");
    }

    @Test
    void shouldHandOutWhatCameBeforeItSaysThatTheReceptionHasEnded() throws Exception {
        feed(whole(0));
        feed(dump(1, null, payload(1, 2)));
        dumps.close();
        assertThat(dumps.next().timestampTicks()).isEqualTo(ticks(0));
        assertThatThrownBy(() -> dumps.next(ticks(1), 5 * SECOND_NANOS))
                .isInstanceOf(EndOfDumpsException.class)
                .hasMessage("no complete dump from 2023-11-14T22:13:22Z on will come, the reception has ended; 1 others"
                        + " were passed over");
        assertThatThrownBy(() -> dumps.await(0, 0)).isInstanceOf(EndOfDumpsException.class);
    }

    @Test
    void shouldTakeDumpsInARowAndBeginAgainAfterEachGap() throws Exception {
        startWithModel(6);
        feed(whole(0));
        feed(whole(1));
        // Dump 2 never came.
        feed(whole(3));
        feed(dump(4, payload(4, 0), null));
        feed(whole(5));
        // Past the model's last dump its interval holds.
        feed(whole(6));
        feed(new VisibilityDump(ticks(7), 10, new VisibilityPayload[] {payload(7, 0)}));
        feed(new VisibilityDump(ticks(8), 10, new VisibilityPayload[] {payload(8, 0)}));
        feed(new VisibilityDump(ticks(9), 10, new VisibilityPayload[] {payload(9, 0)}));

        assertThat(dumps.consecutive(3, 0, SECOND_NANOS))
                .extracting(VisibilityDump::timestampTicks)
                .containsExactly(ticks(7), ticks(8), ticks(9));
        assertThat(payloads).allMatch(payload -> payload.references() == 0);
    }

    @Test
    void shouldTakeTwoInARowFromATimeOn() throws Exception {
        startWithModel(6);
        for (int i = 0; i < 5; i++) {
            feed(whole(i));
        }
        assertThat(dumps.consecutive(2, ticks(1) + 1, SECOND_NANOS))
                .extracting(VisibilityDump::timestampTicks)
                .containsExactly(ticks(2), ticks(3));
        assertThatThrownBy(() -> dumps.consecutive(2, 0, 0)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void shouldNotGuessHowFarDumpsAreApart() {
        startWithModel(0);
        assertThatThrownBy(() -> dumps.consecutive(2, 0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("reception.datamodel");
    }

    @Test
    void shouldLoopOverCompleteDumpsUntilTheEnd() {
        feed(whole(0));
        feed(dump(1, payload(1, 0), null));
        feed(whole(2));
        feed(whole(3));
        dumps.close();
        List<Long> seen = new ArrayList<>();
        try (DumpIteration iteration = dumps.iterate().from(ticks(1))) {
            for (TimedDump timed : iteration) {
                VisibilityDump dump = timed.dump().orElseThrow();
                assertThat(dump.payload(0).data().capacity()).isEqualTo(204);
                seen.add(dump.timestampTicks());
                // Only the dump that is shown, and those behind it, are held.
                assertThat(payloads.stream().filter(p -> p.timestampTicks() < timed.timestampTicks()))
                        .allMatch(payload -> payload.references() == 0);
            }
        }
        assertThat(seen).containsExactly(ticks(2), ticks(3));
    }

    @Test
    void shouldReportSkippedDumpsAsATimeWithoutADump() {
        feed(dump(0, payload(0, 0), null));
        feed(dump(1, payload(1, 0), null));
        feed(whole(2));
        dumps.close();
        List<String> seen = new ArrayList<>();
        try (DumpIteration iteration = dumps.iterate().from(ticks(1)).withSkipped()) {
            iteration.forEach(timed -> seen.add((timed.timestampTicks() - START_TICKS) / SECOND_TICKS + " "
                    + timed.dump().isPresent()));
        }
        assertThat(seen).containsExactly("2 false", "4 true");
    }

    @Test
    void shouldEndALoopWhenItsTimeIsOver() {
        for (int i = 0; i < 10; i++) {
            feed(whole(i));
        }
        int seen = 0;
        try (DumpIteration iteration = dumps.iterate().within(5 * SECOND_NANOS)) {
            for (TimedDump timed : iteration) {
                assertThat(timed.dump()).isPresent();
                seen++;
                now += 2 * SECOND_NANOS;
            }
        }
        assertThat(seen).isEqualTo(3);
    }

    @Test
    void shouldLeaveTheRestOfALoopToWhoeverAsksNext() throws Exception {
        feed(whole(0));
        feed(whole(1));
        try (DumpIteration iteration = dumps.iterate()) {
            assertThat(iteration.iterator().next().timestampTicks()).isEqualTo(ticks(0));
        }
        assertThat(dumps.next(0, 0).timestampTicks()).isEqualTo(ticks(1));
    }

    @Test
    void shouldGiveUpWhenInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(dumps::next).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        try (DumpIteration iteration = dumps.iterate()) {
            assertThatThrownBy(() -> iteration.iterator().hasNext()).isInstanceOf(CancellationException.class);
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldHoldTheConsumerBackUntilTheProgramTakes() throws Exception {
        CompleteDumps narrow = new CompleteDumps();
        int count = 200;
        Thread feeder = new Thread(() -> {
            for (int i = 0; i < count; i++) {
                VisibilityDump dump = whole(i);
                narrow.consume(dump, false);
                dump.release();
            }
            narrow.close();
        });
        feeder.start();
        List<Long> seen = new ArrayList<>();
        try (DumpIteration iteration = narrow.iterate()) {
            for (TimedDump timed : iteration) {
                seen.add(timed.timestampTicks());
            }
        }
        feeder.join();
        assertThat(seen).hasSize(count).isSorted();
    }

    @Test
    void shouldLetEverythingGoWhenTheProgramWantsNoMore() throws Exception {
        CompleteDumps narrow = new CompleteDumps();
        VisibilityDump first = whole(0);
        VisibilityDump second = whole(1);
        Thread feeder = new Thread(() -> {
            narrow.consume(first, false);
            narrow.consume(second, false);
        });
        feeder.start();
        while (feeder.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        narrow.stop();
        feeder.join();
        VisibilityDump third = whole(2);
        narrow.consume(third, true);
        first.release();
        second.release();
        third.release();
        assertThatThrownBy(narrow::next).isInstanceOf(EndOfDumpsException.class);
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThatThrownBy(() -> new CompleteDumps(0, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> dumps.consecutive(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldServeOneReceptionOnly() {
        startWithModel(2);
        assertThatThrownBy(() -> startWithModel(2))
                .isInstanceOf(ConsumerException.class)
                .hasMessage("these complete dumps have a reception already: each reception needs a new CompleteDumps");
        dumps.close();
        assertThatThrownBy(() -> startWithModel(2))
                .isInstanceOf(ConsumerException.class)
                .hasMessage("these complete dumps have ended: each reception needs a new CompleteDumps");
    }

    @Test
    void shouldBeClaimedOnce() {
        dumps.claim();
        assertThatThrownBy(dumps::claim)
                .isInstanceOf(ConsumerException.class)
                .hasMessage("these complete dumps have a reception already: each reception needs a new CompleteDumps");
        startWithModel(2);
        dumps.stop();
        assertThatThrownBy(dumps::claim)
                .hasMessage("these complete dumps have ended: each reception needs a new CompleteDumps");
    }

    private long clock() {
        now += nanosPerLook;
        onLook.run();
        return now;
    }

    private void startWithModel(int dumpCount) {
        DumpMetadata[] known = new DumpMetadata[dumpCount];
        for (int i = 0; i < dumpCount; i++) {
            known[i] = new DumpMetadata(i, PayloadTime.mjdSeconds(ticks(i)), 2, 2, new double[9]);
        }
        TelescopeModel model = new TelescopeModel(
                2,
                Baselines.of(new int[] {0, 0, 1}, new int[] {0, 1, 1}),
                new SpectralWindow(4, 1e9, 1e6),
                new int[] {9, 10, 11, 12},
                0,
                0,
                known);
        dumps.start(new ConsumerContext(
                Optional.of(model), Optional.empty(), Optional.empty(), 0, new ConsumerOptions("test", Map.of())));
    }

    private static long ticks(int dump) {
        return START_TICKS + 2L * dump * SECOND_TICKS;
    }

    /** As the reception does: the reference is given back after the call. */
    private void feed(VisibilityDump dump) {
        dumps.consume(dump, false);
        dump.release();
    }

    private VisibilityDump whole(int dump) {
        return dump(dump, payload(dump, 0), payload(dump, 2));
    }

    private static VisibilityDump dump(int dump, VisibilityPayload... streams) {
        return new VisibilityDump(ticks(dump), 9, streams);
    }

    private synchronized CountedPayload payload(int dump, int channelId) {
        CountedPayload payload = new CountedPayload(ticks(dump), 9, channelId);
        payloads.add(payload);
        return payload;
    }
}
