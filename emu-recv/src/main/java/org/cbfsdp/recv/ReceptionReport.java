package org.cbfsdp.recv;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cbfsdp.payload.ChannelRange;

/**
 * What a reception got and what it did not. Immutable.
 *
 * @param streams one a stream
 * @param consumers whose queues are empty by now
 * @param failures of anything but a consumer, a sentence each
 * @param damage what is wrong with a capture that all streams came from
 * @param uncovered channels that should have come in some stream, and came in none
 * @param dumps how many there were
 * @param nanos from the first heap to the last
 * @param ending why it ended
 * @param idleTimeoutNanos what {@code reception.idle_timeout} is
 */
record ReceptionReport(
        List<StreamReport> streams,
        List<ConsumerAgent> consumers,
        List<String> failures,
        Optional<String> damage,
        List<ChannelRange> uncovered,
        Dumps dumps,
        long nanos,
        Ending ending,
        long idleTimeoutNanos) {
    private static final int NANO_DIGITS = 9;

    /**
     * Numbers of dumps.
     *
     * @param delivered whole or not
     * @param complete to which every stream contributed
     * @param unknown whose time the data model does not know
     */
    record Dumps(long delivered, long complete, long unknown) {}

    /** Why a reception ended. */
    enum Ending {
        END_OF_STREAM("every stream has ended"),
        IDLE("nothing came for"),
        NO_END("the end of a stream never came (reception.end_scan_max_delay)"),
        STOPPED("it was stopped"),
        NO_CONSUMER("no consumer is left"),
        FAILED("a part of the receiver failed");

        private final String text;

        Ending(String text) {
            this.text = text;
        }
    }

    ReceptionReport {
        streams = List.copyOf(streams);
        consumers = List.copyOf(consumers);
        failures = List.copyOf(failures);
        uncovered = List.copyOf(uncovered);
    }

    /**
     * Whether anything that was sent, as far as can be known, did not reach every consumer. Of a stream that fell silent, or
     * whose connection or capture ended, before its end-of-stream heap nobody knows how much is lost, and it counts as such; one
     * that the user stopped does not.
     */
    boolean hasLost() {
        return !uncovered.isEmpty()
                || damage.isPresent()
                || (ending != Ending.STOPPED && unendedStreams() > 0)
                || streams.stream().anyMatch(StreamReport::hasLost)
                || consumers.stream().anyMatch(consumer -> consumer.droppedDumps() > 0);
    }

    /** Whether a consumer failed, a socket was lost, or the receiver has a fault. */
    boolean hasFailed() {
        return !failures.isEmpty() || consumers.stream().anyMatch(consumer -> consumer.failure() != null);
    }

    /** Remarks on what was not as it should be, and a last line that says it all. */
    String render() {
        StringBuilder text = new StringBuilder(256);
        streams.forEach(stream -> stream.remarks().forEach(remark -> line(text, remark)));
        for (ConsumerAgent consumer : consumers) {
            if (consumer.droppedDumps() > 0) {
                line(text, "consumer " + consumer.name() + ": " + consumer.droppedDumps() + " dumps not taken");
            }
            if (consumer.failure() != null) {
                line(text, "consumer " + consumer.name() + " failed: " + sentence(consumer.failure()));
                for (Throwable further : consumer.failure().getSuppressed()) {
                    line(text, "consumer " + consumer.name() + " failed further: " + sentence(further));
                }
            }
        }
        failures.forEach(failure -> line(text, failure));
        damage.ifPresent(sentence -> line(text, sentence));
        for (ChannelRange channels : uncovered) {
            line(
                    text,
                    "channels " + channels + " of the data model came in no stream; if they are not sent, say so with"
                            + " reader.start_chan and reader.num_chan");
        }
        if (dumps.unknown() > 0) {
            line(text, dumps.unknown() + " dumps have times that the data model does not know");
        }
        long lost = streams.stream().mapToLong(StreamReport::lostBesidesMissing).sum();
        double megabytes = sum(StreamCounter.BYTES) / 1e6;
        double seconds = nanos / 1e9;
        text.append(String.format(
                Locale.ROOT,
                "Received %d heaps (%d missing, %d incomplete%s), %d dumps (%d complete) in %d streams: %.3f MB in %.3f s"
                        + " (%.3f MB/s); %s",
                sum(StreamCounter.HEAPS),
                sum(StreamCounter.MISSING_HEAPS),
                sum(StreamCounter.INCOMPLETE_HEAPS),
                lost == 0 ? "" : ", " + lost + " lost of no known dump",
                dumps.delivered(),
                dumps.complete(),
                streams.size(),
                megabytes,
                seconds,
                megabytes / Math.max(seconds, 1e-9),
                endingText()));
        return text.toString();
    }

    private long sum(StreamCounter counter) {
        return streams.stream().mapToLong(stream -> stream.get(counter)).sum();
    }

    private long unendedStreams() {
        return streams.stream().filter(stream -> !stream.account().hasEnded()).count();
    }

    private String endingText() {
        return switch (ending) {
            case END_OF_STREAM ->
                unendedStreams() == 0
                        ? ending.text
                        : "nothing more can come, but " + unendedStreams() + " of " + streams.size()
                                + " streams lack their end";
            case IDLE -> ending.text + " " + seconds(idleTimeoutNanos) + " s (reception.idle_timeout)";
            case NO_END, STOPPED, NO_CONSUMER, FAILED -> ending.text;
        };
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros().toPlainString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    private static String sentence(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
