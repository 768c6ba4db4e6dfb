package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "'', abc, 3",
        "rate, rate, 0",
        "Rate, rATE, 0",
        "rate, rates, 1",
        "rtae, rate, 1",
        "channel_per_stream, channels_per_stream, 1",
        "kitten, sitting, 3",
        "ab, ba, 1",
        "abcd, badc, 2",
        "sunday, saturday, 3"
    })
    void shouldCountChanges(String left, String right, int distance) {
        assertThat(EditDistance.between(left, right)).isEqualTo(distance);
        assertThat(EditDistance.between(right, left)).isEqualTo(distance);
    }
}
