package org.spead.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleStrategyTest {
    @ParameterizedTest
    @CsvSource({
        "212992, 50000 to 400000 ns",
        "1048576, 65536 to 524288 ns",
        "4194304, 262144 to 1000000 ns",
        "33554432, 500000 to 1000000 ns"
    })
    void shouldParkForAFractionOfTheTimeThatABufferLasts(int bufferBytes, String parks) {
        assertThat(IdleStrategy.gathering(bufferBytes)).hasToString(parks);
    }
}
