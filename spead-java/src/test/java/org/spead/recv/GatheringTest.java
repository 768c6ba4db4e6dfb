package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatheringTest {
    private static final long BEGIN_NANOS = -7;

    /** The rate is bytes a microsecond, that is MB/s. */
    @ParameterizedTest
    @CsvSource({
        "4194304, 1000, 524288",
        "4194304, 2000, 262144",
        "4194304, 100, 1000000",
        "4194304, 20000, 50000",
        "33554432, 5000, 838860",
        "212992, 100, 212992",
        "212992, 10, 212992",
    })
    void shouldLastWhileTwiceTheRateFillsAQuarter(int bufferBytes, long bytesAMicro, long pauseNanos) {
        Gathering gathering = new Gathering(bufferBytes, BEGIN_NANOS);
        gathering.pauseNanos(5_000, BEGIN_NANOS);

        assertThat(gathering.pauseNanos(5_000 + 3_000 * bytesAMicro, BEGIN_NANOS + 3_000_000))
                .isEqualTo(pauseNanos);
    }

    @ParameterizedTest
    @CsvSource({
        "33554432, 4000000",
        "16777216, 2097152",
        "8000000, 1000000",
        "4194304, 1000000",
        "212992, 212992",
        "65536, 65536",
        "4096, 50000"
    })
    void shouldBeReadyForABurstWhenNothingHasCome(int bufferBytes, long pauseNanos) {
        Gathering gathering = new Gathering(bufferBytes, BEGIN_NANOS);
        gathering.pauseNanos(5_000, BEGIN_NANOS);

        assertThat(gathering.pauseNanos(5_000, BEGIN_NANOS + 1_000_000)).isEqualTo(pauseNanos);
    }

    /** 12 MB/s, each of 64 streams that have 800 MB/s together. */
    @ParameterizedTest
    @CsvSource({"33554432, 4000000", "32000000, 4000000", "16777216, 2097152", "8000000, 1000000", "4194304, 1000000"})
    void shouldLastLongerForASlowStreamWhenItsBufferIsLarge(int bufferBytes, long pauseNanos) {
        Gathering gathering = new Gathering(bufferBytes, BEGIN_NANOS);
        gathering.pauseNanos(5_000, BEGIN_NANOS);

        assertThat(gathering.pauseNanos(41_000, BEGIN_NANOS + 3_000_000)).isEqualTo(pauseNanos);
    }

    @Test
    void shouldGoByTheTimeSinceTheLastPauseOnly() {
        Gathering gathering = new Gathering(1 << 22, BEGIN_NANOS);
        gathering.pauseNanos(1_000_000_000, BEGIN_NANOS);
        gathering.pauseNanos(1_001_000_000, BEGIN_NANOS + 1_000_000);

        assertThat(gathering.pauseNanos(1_003_000_000, BEGIN_NANOS + 2_000_000)).isEqualTo(262_144);
    }

    @Test
    void shouldTakeItsTimeWhereThereIsNoBuffer() {
        assertThat(new Gathering(0, BEGIN_NANOS).pauseNanos(1 << 30, BEGIN_NANOS))
                .isEqualTo(1_000_000);
    }
}
