package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerOptions;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.api.Test;

class DumpLedgerTest {
    private static final double TOLERANCE = 0.01;

    private final StreamAccount[] accounts = {new StreamAccount(), new StreamAccount()};
    private final List<String> taken = new ArrayList<>();
    private final List<FakePayload> payloads = new ArrayList<>();

    @Test
    void shouldCountWholeDumpsApart() {
        DumpLedger ledger = ledger(Optional.empty());
        ledger.accept(dump(Models.ticks(0), true));
        ledger.accept(dump(Models.ticks(1), false));
        assertThat(ledger.dumps()).isEqualTo(2);
        assertThat(ledger.completeDumps()).isEqualTo(1);
        assertThat(ledger.unknownDumps()).isZero();
    }

    @Test
    void shouldCountDumpsOfTheModelThatNoStreamDeliveredForEveryStream() {
        DumpLedger ledger = ledger(Optional.of(Models.of(4, 10)));
        for (int second : new int[] {2, 3, 6, 9}) {
            ledger.accept(dump(Models.ticks(second), true));
        }
        for (StreamAccount account : accounts) {
            assertThat(account.get(StreamCounter.MISSING_HEAPS)).isEqualTo(4);
            assertThat(account.firstMissingTicks())
                    .containsExactly(Models.ticks(4), Models.ticks(5), Models.ticks(7), Models.ticks(8));
        }
        assertThat(ledger.dumps()).as("those that came").isEqualTo(4);
    }

    @Test
    void shouldKnowAtWhichDumpHeapsWereLastFoundMissing() {
        DumpLedger ledger = ledger(Optional.of(Models.of(4, 10)));
        ledger.accept(dump(Models.ticks(0), true));
        assertThat(ledger.lossyDumps()).isZero();
        ledger.accept(dump(Models.ticks(3), true));
        assertThat(ledger.lossyDumps()).as("after a gap").isEqualTo(1);
        assertThat(ledger.lastLossTicks()).isEqualTo(Models.ticks(3));
        ledger.accept(dump(Models.ticks(4), true));
        ledger.accept(dump(Models.ticks(5), false));
        ledger.accept(dump(Models.ticks(6), true));
        assertThat(ledger.lossyDumps()).as("lacking a heap").isEqualTo(2);
        assertThat(ledger.lastLossTicks()).isEqualTo(Models.ticks(5));
        assertThat(ledger.lastTicks()).isEqualTo(Models.ticks(6));
    }

    @Test
    void shouldRememberOnlySomeTimesButCountAll() {
        DumpLedger ledger = ledger(Optional.of(Models.of(4, 100)));
        ledger.accept(dump(Models.ticks(0), true));
        ledger.accept(dump(Models.ticks(99), true));
        assertThat(accounts[0].get(StreamCounter.MISSING_HEAPS)).isEqualTo(98);
        assertThat(accounts[0].firstMissingTicks()).hasSize(8).startsWith(Models.ticks(1));
    }

    @Test
    void shouldFindTheModelsDumpWithinTheTolerance() {
        DumpLedger ledger = ledger(Optional.of(Models.of(4, 10)));
        ledger.accept(dump(Models.ticks(1.009), true));
        ledger.accept(dump(Models.ticks(2.991), true));
        assertThat(ledger.unknownDumps()).isZero();
        assertThat(accounts[1].get(StreamCounter.MISSING_HEAPS)).isEqualTo(1);
    }

    @Test
    void shouldCountTimesThatTheModelDoesNotKnowAndMissNothingForThem() {
        DumpLedger ledger = ledger(Optional.of(Models.of(4, 10)));
        ledger.accept(dump(Models.ticks(1), true));
        ledger.accept(dump(Models.ticks(4.5), true));
        ledger.accept(dump(Models.ticks(50), true));
        assertThat(ledger.unknownDumps()).isEqualTo(2);
        assertThat(accounts[0].get(StreamCounter.MISSING_HEAPS)).isZero();
    }

    @Test
    void shouldGiveEveryConsumerTheDumpAndKeepNoReference() {
        ConsumerAgent first = consumer("first");
        ConsumerAgent second = consumer("second");
        DumpLedger ledger = new DumpLedger(DumpGrid.of(Optional.empty(), TOLERANCE), accounts, List.of(first, second));
        ledger.accept(dump(Models.ticks(0), true));
        assertThat(payloads).as("held by the queues").allMatch(payload -> payload.references() == 1);

        for (ConsumerAgent agent : List.of(first, second)) {
            agent.onStart();
            agent.doWork();
        }
        assertThat(taken).containsExactly("first", "second");
        assertThat(payloads).allMatch(payload -> payload.references() == 0);
    }

    private DumpLedger ledger(Optional<TelescopeModel> model) {
        return new DumpLedger(DumpGrid.of(model, TOLERANCE), accounts, List.of());
    }

    private VisibilityDump dump(long ticks, boolean whole) {
        VisibilityPayload[] parts = new VisibilityPayload[accounts.length];
        for (int i = 0; i < (whole ? parts.length : 1); i++) {
            FakePayload payload = new FakePayload(ticks);
            payloads.add(payload);
            parts[i] = payload;
        }
        return new VisibilityDump(ticks, 1, parts);
    }

    private ConsumerAgent consumer(String name) {
        Consumer consumer = new Consumer() {
            @Override
            public void start(ConsumerContext context) {}

            @Override
            public void consume(VisibilityDump dump, boolean endOfBatch) {
                taken.add(name);
            }

            @Override
            public void close() {}
        };
        ConsumerContext context = new ConsumerContext(
                Optional.empty(), Optional.empty(), Optional.empty(), 0, new ConsumerOptions(name, Map.of()));
        return new ConsumerAgent(name, consumer, context, QueuePolicy.DROP_NEWEST, 4, Long.MAX_VALUE);
    }
}
