package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.StreamPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadRulesTest {
    private static final Optional<StreamPlan> PLAN = Optional.of(StreamPlan.ofWidth(new ChannelRange(4, 10), 4));

    @ParameterizedTest(name = "stream {0}: {2} channels from {1}: {3}")
    @CsvSource({
        "0, 4, 4, ",
        "1, 8, 4, ",
        "2, 12, 2, ",
        "0, 8, 4, BAD_CHANNEL_HEAPS",
        "1, 4, 4, BAD_CHANNEL_HEAPS",
        "2, 12, 4, BAD_CHANNEL_HEAPS",
        "0, 4, 3, BAD_CHANNEL_HEAPS",
        "0, 5, 3, BAD_CHANNEL_HEAPS",
        "0, 0, 4, BAD_CHANNEL_HEAPS"
    })
    void shouldTakeExactlyThePlannedChannels(int stream, int first, int count, StreamCounter refusal) {
        PayloadRules rules = new PayloadRules(PLAN, OptionalInt.of(14), OptionalInt.of(3), PolarisationRule.any(), 0);
        assertThat(rules.check(stream, new ShapedPayload(first, count, 3, 4))).isEqualTo(refusal);
    }

    @Test
    void shouldCountChannelsFromTheSelectionWhenTheSenderDoes() {
        PayloadRules rules = new PayloadRules(PLAN, OptionalInt.of(14), OptionalInt.of(3), PolarisationRule.any(), 4);
        assertThat(rules.check(0, new ShapedPayload(0, 4, 3, 4))).isNull();
        assertThat(rules.check(0, new ShapedPayload(4, 4, 3, 4))).isEqualTo(StreamCounter.BAD_CHANNEL_HEAPS);
    }

    @ParameterizedTest(name = "{1} channels from {0}: {2}")
    @CsvSource({
        "0, 14, ",
        "13, 1, ",
        "13, 2, BAD_CHANNEL_HEAPS",
        "0, 15, BAD_CHANNEL_HEAPS",
        "2147483640, 7, BAD_CHANNEL_HEAPS"
    })
    void shouldKeepWithinTheModelWhenThereIsNoPlan(int first, int count, StreamCounter refusal) {
        PayloadRules rules =
                new PayloadRules(Optional.empty(), OptionalInt.of(14), OptionalInt.empty(), PolarisationRule.any(), 0);
        assertThat(rules.check(7, new ShapedPayload(first, count, 3, 4))).isEqualTo(refusal);
    }

    @Test
    void shouldTakeAnyChannelsWhenNothingIsKnown() {
        PayloadRules rules =
                new PayloadRules(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), PolarisationRule.any(), 0);
        assertThat(rules.check(0, new ShapedPayload(2_000_000_000, 7, 99, 1))).isNull();
        assertThat(new PayloadRules(
                                Optional.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                PolarisationRule.any(),
                                1000)
                        .check(0, new ShapedPayload(Integer.MAX_VALUE - 7, 7, 99, 1)))
                .as("beyond any set")
                .isEqualTo(StreamCounter.BAD_CHANNEL_HEAPS);
    }

    @ParameterizedTest(name = "{0} baselines: {1}")
    @CsvSource({"3, ", "2, BAD_BASELINE_HEAPS", "4, BAD_BASELINE_HEAPS"})
    void shouldDemandTheModelsBaselines(int baselines, StreamCounter refusal) {
        PayloadRules rules = new PayloadRules(PLAN, OptionalInt.of(14), OptionalInt.of(3), PolarisationRule.any(), 0);
        assertThat(rules.check(0, new ShapedPayload(4, 4, baselines, 4))).isEqualTo(refusal);
    }

    @ParameterizedTest(name = "{0} polarisations: {1}")
    @CsvSource({"1, ", "2, ", "4, ", "3, BAD_POLARISATION_HEAPS", "5, BAD_POLARISATION_HEAPS"})
    void shouldTakeNumbersOfPolarisationsThatHaveAMeaning(int polarisations, StreamCounter refusal) {
        PayloadRules rules = new PayloadRules(PLAN, OptionalInt.of(14), OptionalInt.of(3), PolarisationRule.any(), 0);
        assertThat(rules.check(0, new ShapedPayload(4, 4, 3, polarisations))).isEqualTo(refusal);
    }
}
