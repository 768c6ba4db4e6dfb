package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerOptions;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;
import org.cbfsdp.recv.ReceptionReport.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spead.recv.BufferPool;
import org.spead.recv.HeapRing;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.recv.StreamStats;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/** Reports of streams and of a reception: what they say, and which exit code they lead to. */
class ReceptionReportTest {
    private static final long TICKS = Models.ticks(0.25);

    private final StreamAccount account = new StreamAccount();

    ReceptionReportTest() {
        account.endSeen();
    }

    private final ReceivedHeaps heaps = new ReceivedHeaps();

    @Test
    void shouldSayAllInOneLineWhenAllIsWell() {
        account.received(new ShapedPayload(0, 10_000, 3, 4));
        account.received(new ShapedPayload(0, 5_000, 3, 4));
        ReceptionReport report = report(List.of(), List.of(), Ending.END_OF_STREAM);

        assertThat(report.hasLost()).isFalse();
        assertThat(report.hasFailed()).isFalse();
        assertThat(report.render())
                .isEqualTo("Received 2 heaps (0 missing, 0 incomplete), 3 dumps (2 complete) in 1 streams:"
                        + " 1.530 MB in 0.500 s (3.060 MB/s); every stream has ended");
    }

    @ParameterizedTest
    @CsvSource({
        "END_OF_STREAM, every stream has ended",
        "IDLE, nothing came for 1.5 s (reception.idle_timeout)",
        "NO_END, the end of a stream never came (reception.end_scan_max_delay)",
        "STOPPED, it was stopped",
        "NO_CONSUMER, no consumer is left",
        "FAILED, a part of the receiver failed"
    })
    void shouldSayWhyItEnded(Ending ending, String words) {
        assertThat(report(List.of(), List.of(), ending).render()).endsWith("; " + words);
    }

    @Test
    void shouldNameMissingDumpsByTime() {
        account.missing(TICKS);
        assertThat(stream().hasLost()).isTrue();
        assertThat(stream().remarks())
                .containsExactly("stream 3 (port 41003): 1 heap missing, dumps of 2023-11-14T22:13:20.250Z");
        for (int i = 1; i < 9; i++) {
            account.missing(Models.ticks(i));
        }
        assertThat(stream().remarks())
                .singleElement()
                .asString()
                .startsWith("stream 3 (port 41003): 9 heaps missing, dumps of 2023-11-14T22:13:20.250Z, ")
                .endsWith("2023-11-14T22:13:27Z and later");
    }

    @Test
    void shouldNameTheFirstMissingDumpsInTheOrderOfTheirTimes() {
        for (int second : new int[] {5, 9, 1, 8, 2, 7, 3, 6, 4, 0}) {
            account.missing(Models.ticks(second));
        }
        assertThat(account.firstMissingTicks())
                .containsExactlyElementsOf(
                        IntStream.range(0, 8).mapToObj(Models::ticks).toList());
    }

    @Test
    void shouldTellDuplicatesWithoutCallingThemLost() {
        account.count(StreamCounter.DUPLICATE_HEAPS);
        account.count(StreamCounter.DUPLICATE_HEAPS);
        assertThat(stream().hasLost()).isFalse();
        assertThat(stream().remarks()).containsExactly("stream 3 (port 41003): 2 heaps received again and not needed");
    }

    @Test
    void shouldCallLateHeapsLost() {
        account.count(StreamCounter.LATE_HEAPS);
        assertThat(stream().remarks()).containsExactly("stream 3 (port 41003): 1 heap too late for their dumps");
    }

    @Test
    void shouldSayWhatWasWrongWithMetadata() {
        account.fault(PayloadFault.SIZE);
        account.fault(PayloadFault.ITEM_MISSING);
        account.count(StreamCounter.BAD_BASELINE_HEAPS);
        assertThat(stream().hasLost()).isTrue();
        assertThat(stream().get(StreamCounter.METADATA_HEAPS)).isEqualTo(2);
        assertThat(stream().remarks())
                .containsExactly(
                        "stream 3 (port 41003): 2 heaps refused: not a visibility payload (an item that"
                                + " describes the correlator output has never come; the correlator output is not as large"
                                + " as its channels and baselines say)",
                        "stream 3 (port 41003): 1 heap refused: a number of baselines that is not the model's");
    }

    @Test
    void shouldCountHeapsThatLackPackets() {
        heaps.sendWithoutPacket(1, ReceivedHeaps.items(TICKS).heap());
        heaps.sendEnd();
        assertThat(stream().get(StreamCounter.INCOMPLETE_HEAPS)).isEqualTo(1);
        assertThat(stream().hasLost()).isTrue();
        assertThat(stream().remarks()).containsExactly("stream 3 (port 41003): 1 heap incomplete");
        assertThat(report(List.of(), List.of(), Ending.END_OF_STREAM).render()).contains("(0 missing, 1 incomplete)");
    }

    @Test
    void shouldTellPacketsOfAHeapThatNeverBegan() {
        heaps.sendWithoutPacket(0, ReceivedHeaps.items(TICKS).heap());
        assertThat(stream().remarks())
                .singleElement()
                .asString()
                .matches("stream 3 \\(port 41003\\): \\d packets? not used: their heap's first packet was lost, or they"
                        + " came twice");
    }

    @Test
    void shouldCallHeapsLostThatAreTooLong() {
        heaps.send(ReceivedHeaps.items(TICKS)
                .surplusBytes(ReceivedHeaps.MAX_HEAP_BYTES)
                .heap());
        assertThat(stream().hasLost()).isTrue();
        assertThat(stream().remarks())
                .singleElement()
                .asString()
                .endsWith("packets refused: heap is longer than this stream accepts");
    }

    @Test
    void shouldTellDumpsThatAConsumerDidNotTake() {
        ConsumerAgent slow = consumer(1, null);
        ReceptionReport report = report(List.of(slow), List.of(), Ending.END_OF_STREAM);
        assertThat(report.hasLost()).isTrue();
        assertThat(report.hasFailed()).isFalse();
        assertThat(report.render()).startsWith("consumer test: 1 dumps not taken\nReceived ");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"no disk; no disk", "; java.lang.IllegalStateException"},
            delimiter = ';')
    void shouldTellAConsumerThatFailed(String message, String shown) {
        ConsumerAgent broken = consumer(0, new IllegalStateException(message));
        ReceptionReport report = report(List.of(broken), List.of(), Ending.NO_CONSUMER);
        assertThat(report.hasFailed()).isTrue();
        assertThat(report.render()).startsWith("consumer test failed: " + shown + "\n");
    }

    @Test
    void shouldTellWhatFailedWhileAFailedConsumerWasClosed() {
        IllegalStateException failure = new IllegalStateException("no disk");
        failure.addSuppressed(new IllegalStateException("no command"));
        assertThat(report(List.of(consumer(0, failure)), List.of(), Ending.NO_CONSUMER)
                        .render())
                .startsWith("consumer test failed: no disk\nconsumer test failed further: no command\nReceived ");
    }

    @Test
    void shouldFailWhenAPartOfTheReceiverDid() {
        ReceptionReport report = report(List.of(), List.of("stream 0 (port 1) lost its socket: gone"), Ending.FAILED);
        assertThat(report.hasFailed()).isTrue();
        assertThat(report.render()).startsWith("stream 0 (port 1) lost its socket: gone\nReceived ");
    }

    @Test
    void shouldCallHeapsLostThatTheNumberingLacks() {
        account.startSeen();
        account.heapSeen(1);
        account.heapSeen(4);
        assertThat(stream().hasLost()).isTrue();
        assertThat(stream().remarks())
                .containsExactly("stream 3 (port 41003): 2 heaps of its numbering never came whole");
        assertThat(report(List.of(), List.of(), Ending.END_OF_STREAM).render())
                .contains("(0 missing, 0 incomplete, 2 lost of no known dump)");
        account.missing(TICKS);
        account.missing(TICKS + 1);
        assertThat(report(List.of(), List.of(), Ending.END_OF_STREAM).render()).contains("(2 missing, 0 incomplete)");
    }

    @Test
    void shouldSayThatTheEndOfAStreamNeverCame() {
        StreamReport report = new StreamReport(3, 41003, new StreamAccount(), heaps.stats());
        assertThat(report.hasLost()).isFalse();
        assertThat(report.remarks()).containsExactly("stream 3 (port 41003): its end-of-stream heap never came");
    }

    @Test
    void shouldCallWhatTheKernelDroppedALoss() {
        StreamReport report = new StreamReport(3, 41003, account, leavingOut(0, 0, 0, 12));
        assertThat(report.hasLost()).isTrue();
        assertThat(report.remarks())
                .contains("stream 3 (port 41003): 12 times the kernel dropped a packet or a run of them: the socket's"
                        + " buffer was full (reception.buffer_size)");
    }

    @Test
    void shouldCallPacketsLostThatTheSocketLeftOut() {
        StreamReport report = new StreamReport(3, 41003, account, leavingOut(7, 0, 0, 0));
        assertThat(report.hasLost()).isTrue();
        assertThat(report.remarks())
                .containsExactly(
                        "stream 3 (port 41003): 2 packets left out: of no bytes",
                        "stream 3 (port 41003): 5 packets left out: longer than reception.max_packet_size");
    }

    @Test
    void shouldCallWhatCameBeforeTheFirstHeapLostWhenTheStartNeverCame() {
        account.heapSeen(4);
        account.heapSeen(5);
        assertThat(stream().hasLost()).isTrue();
        assertThat(stream().remarks())
                .containsExactly(
                        "stream 3 (port 41003): its start-of-stream heap never came, the first heap that did is"
                                + " number 4");
    }

    @Test
    void shouldCallAStreamLostWhoseEndNeverCameUnlessTheUserStoppedIt() {
        StreamReport silent = new StreamReport(3, 41003, new StreamAccount(), heaps.stats());
        for (Ending ending : Ending.values()) {
            ReceptionReport report = whole(silent, ending);
            assertThat(report.hasLost()).as("%s", ending).isEqualTo(ending != Ending.STOPPED);
        }
    }

    @Test
    void shouldCallChannelsLostThatCameInNoStream() {
        ReceptionReport report = new ReceptionReport(
                List.of(stream()),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(new ChannelRange(8, 8)),
                new ReceptionReport.Dumps(3, 3, 0),
                1,
                Ending.END_OF_STREAM,
                0);
        assertThat(report.hasLost()).isTrue();
        assertThat(report.render()).startsWith("channels 8-15 of the data model came in no stream");
    }

    @Test
    void shouldCallBytesLostThatWereNoPackets() {
        StreamReport report = new StreamReport(3, 41003, account, leavingOut(0, 24, 0, 0));
        assertThat(report.hasLost()).isTrue();
        assertThat(report.remarks())
                .containsExactly(
                        "stream 3 (port 41003): 24 bytes of the connection passed over: of no packet that is taken");
    }

    @Test
    void shouldCallThePacketLostAmidWhichAConnectionEnded() {
        StreamReport report = new StreamReport(3, 41003, account, leavingOut(0, 0, 1, 0));
        assertThat(report.hasLost()).isTrue();
        assertThat(report.remarks())
                .containsExactly("stream 3 (port 41003): 1 packet cut off: the connection ended amid it");
    }

    @Test
    void shouldCallWhatADamagedCaptureHeldLost() {
        ReceptionReport report = new ReceptionReport(
                List.of(stream()),
                List.of(),
                List.of(),
                Optional.of("capture x is damaged"),
                List.of(),
                new ReceptionReport.Dumps(3, 3, 0),
                1,
                Ending.END_OF_STREAM,
                0);
        assertThat(report.hasLost()).isTrue();
        assertThat(report.render()).startsWith("capture x is damaged\nReceived ");
    }

    @Test
    void shouldNotSayThatStreamsEndedWhoseEndNeverCame() {
        StreamReport silent = new StreamReport(3, 41003, new StreamAccount(), heaps.stats());
        assertThat(whole(silent, Ending.END_OF_STREAM).render())
                .endsWith("; nothing more can come, but 1 of 1 streams lack their end");
    }

    /** The statistics of a stream whose source left out so much, two packets of which were empty, and then ended. */
    private static StreamStats leavingOut(
            long refusedPackets, long skippedBytes, long truncatedPackets, long kernelDrops) {
        PacketSource source = new PacketSource() {
            @Override
            public PacketBatch newBatch() {
                return new PacketBatch(64, 1);
            }

            @Override
            public int receive(PacketBatch batch, long timeoutNanos) {
                return END;
            }

            @Override
            public long refusedPackets() {
                return refusedPackets;
            }

            @Override
            public long emptyPackets() {
                return Math.min(refusedPackets, 2);
            }

            @Override
            public long skippedBytes() {
                return skippedBytes;
            }

            @Override
            public long truncatedPackets() {
                return truncatedPackets;
            }

            @Override
            public long kernelDrops() {
                return kernelDrops;
            }

            @Override
            public String describe() {
                return "a source that leaves out";
            }

            @Override
            public void close() {}
        };
        ReceiveStream stream = new ReceiveStream(
                ReceiveConfig.builder().receiveTimeoutNanos(0).build(),
                List.of(source),
                new DrainingSink(new HeapRing(1, OverflowPolicy.PAUSE)),
                new BufferPool(1 << 20));
        for (int step = 0; step < 3; step++) {
            stream.doWork();
        }
        stream.onClose();
        return stream.stats();
    }

    private static ReceptionReport whole(StreamReport stream, Ending ending) {
        return new ReceptionReport(
                List.of(stream),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                new ReceptionReport.Dumps(3, 3, 0),
                1,
                ending,
                0);
    }

    private StreamReport stream() {
        return new StreamReport(3, 41003, account, heaps.stats());
    }

    private ReceptionReport report(List<ConsumerAgent> consumers, List<String> failures, Ending ending) {
        return new ReceptionReport(
                List.of(stream()),
                consumers,
                failures,
                Optional.empty(),
                List.of(),
                new ReceptionReport.Dumps(3, 2, 0),
                500_000_000,
                ending,
                1_500_000_000);
    }

    /** One whose queue overflowed so many times, and whose start threw if asked. */
    private static ConsumerAgent consumer(int overflows, RuntimeException failure) {
        Consumer consumer = new Consumer() {
            @Override
            public void start(ConsumerContext context) {
                if (failure != null) {
                    throw failure;
                }
            }

            @Override
            public void consume(VisibilityDump dump, boolean endOfBatch) {}

            @Override
            public void close() {}
        };
        ConsumerContext context = new ConsumerContext(
                Optional.empty(), Optional.empty(), Optional.empty(), 0, new ConsumerOptions("test", Map.of()));
        ConsumerAgent agent = new ConsumerAgent("test", consumer, context, QueuePolicy.DROP_NEWEST, 1, Long.MAX_VALUE);
        agent.onStart();
        for (int i = 0; i < (overflows == 0 ? 0 : overflows + 1); i++) {
            agent.offer(new VisibilityDump(i, 1, new VisibilityPayload[0]));
        }
        return agent;
    }
}
