package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransmissionSummaryTest {
    @Test
    void shouldSayDataTimeAndRate() {
        TransmissionSummary summary = new TransmissionSummary(12, 12, 4, 2_500_000, 0, 500_000_000, "", "", false);
        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.render()).isEqualTo("Sent 2.500 MB in 0.500 s (5.000 MB/s): 12 of 12 dumps in 4 streams");
    }

    @Test
    void shouldNotBeCompleteWhenDumpsAreLeft() {
        assertThat(new TransmissionSummary(11, 12, 1, 1, 0, 1, "", "", false).isComplete())
                .isFalse();
    }

    @Test
    void shouldNotBeCompleteWhenHeapsFailed() {
        TransmissionSummary summary = new TransmissionSummary(12, 12, 1, 1, 3, 1, "", "", false);
        assertThat(summary.isComplete()).isFalse();
        assertThat(summary.render()).endsWith(", 3 heaps failed");
    }

    @Test
    void shouldNotBeCompleteWhenAThreadFailed() {
        assertThat(new TransmissionSummary(12, 12, 1, 1, 0, 1, "", "a thread", false).isComplete())
                .isFalse();
    }

    @Test
    void shouldRenderATransmissionThatTookNoTime() {
        assertThat(new TransmissionSummary(0, 5, 1, 0, 0, 0, "", "", false).render())
                .isEqualTo("Sent 0.000 MB in 0.000 s (0.000 MB/s): 0 of 5 dumps in 1 streams");
    }

    @Test
    void shouldSayThatItWasStoppedOrFailed() {
        TransmissionSummary stopped = new TransmissionSummary(3, 12, 2, 1, 2, 1, "", "", true);
        assertThat(stopped.render()).endsWith(": 3 of 12 dumps in 2 streams, 2 heaps failed; it was stopped");
        // The stop came when all was sent.
        assertThat(new TransmissionSummary(12, 12, 2, 1, 0, 1, "", "", true).render())
                .endsWith(": 12 of 12 dumps in 2 streams");
        assertThat(new TransmissionSummary(12, 12, 2, 1, 0, 1, "", "it failed: the disk is full", false).render())
                .endsWith(": 12 of 12 dumps in 2 streams; it failed: the disk is full");
    }

    @Test
    void shouldSayWhatWasDoneOnPurpose() {
        TransmissionSummary impaired = new TransmissionSummary(12, 12, 2, 1, 0, 1, "3 drop_heap, 1 cut", "", false);
        assertThat(impaired.isComplete()).isTrue();
        assertThat(impaired.render()).endsWith("12 of 12 dumps in 2 streams; impaired on purpose: 3 drop_heap, 1 cut");
    }
}
