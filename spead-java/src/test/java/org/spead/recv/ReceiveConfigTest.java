package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spead.item.BugCompat;

class ReceiveConfigTest {
    @Test
    void shouldHaveTheReferenceDefaults() {
        ReceiveConfig config = ReceiveConfig.defaults();
        assertThat(config.maxHeaps()).isEqualTo(4);
        assertThat(config.substreams()).isEqualTo(1);
        assertThat(config.allowOutOfOrder()).isFalse();
        assertThat(config.allowUnsizedHeaps()).isTrue();
        assertThat(config.stopOnStopItem()).isTrue();
        assertThat(config.streamId()).isZero();
        assertThat(config.maxHeapBytes()).isEqualTo(1 << 30);
        assertThat(config.bugCompat()).isEqualTo(BugCompat.NONE);
        assertThat(config.customStats()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongValues")
    void shouldSayWhichValueIsWrong(String message, UnaryOperator<ReceiveConfig.Builder> change) {
        ReceiveConfig.Builder builder = change.apply(ReceiveConfig.builder());
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                wrong("streamId must not be negative, not -1", builder -> builder.streamId(-1)),
                wrong("maxHeaps must be from 1 to 1048576, not 0", builder -> builder.maxHeaps(0)),
                wrong("substreams must be at least 1, not 0", builder -> builder.substreams(0)),
                wrong(
                        "maxHeaps * substreams must be at most 1048576, not 2097152",
                        builder -> builder.maxHeaps(1 << 20).substreams(2)),
                wrong("maxHeapBytes must be at least 1, not 0", builder -> builder.maxHeapBytes(0)),
                wrong("maxItemPointers must be at least 1, not 0", builder -> builder.maxItemPointers(0)),
                wrong("maxRanges must be at least 1, not 0", builder -> builder.maxRanges(0)),
                wrong("receiveTimeoutNanos must not be negative, not -1", builder -> builder.receiveTimeoutNanos(-1)));
    }

    private static Arguments wrong(String message, UnaryOperator<ReceiveConfig.Builder> change) {
        return Arguments.of(message, change);
    }
}
