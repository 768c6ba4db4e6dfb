package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPlanTest {
    private static List<Integer> channelsOf(StreamPlan plan) {
        List<Integer> all = new ArrayList<>();
        for (ChannelRange range : plan.streams()) {
            assertThat(range.count()).as("channels of a stream of %s", plan).isPositive();
            IntStream.range(0, range.count()).forEach(i -> all.add(range.first() + i));
        }
        return all;
    }

    private static List<Integer> range(int first, int count) {
        return IntStream.range(first, first + count).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void shouldPutEveryChannelInOneStreamForEveryWidth(int first) {
        for (int channels = 1; channels <= 70; channels++) {
            for (int width = 0; width <= 80; width++) {
                StreamPlan plan = StreamPlan.ofWidth(new ChannelRange(first, channels), width);
                String shape = channels + " channels by " + width;
                assertThat(channelsOf(plan)).as(shape).isEqualTo(range(first, channels));
                int expected = width == 0 ? 1 : (int) Math.ceil(channels / (double) width);
                assertThat(plan.count()).as(shape).isEqualTo(expected);
                assertThat(plan.channels()).as(shape).isEqualTo(new ChannelRange(first, channels));
                for (int i = 0; i < plan.count() - 1; i++) {
                    assertThat(plan.stream(i).count()).as(shape).isEqualTo(width);
                }
                assertThat(plan.widest()).as(shape).isEqualTo(plan.stream(0).count());
            }
        }
    }

    @Test
    void shouldPutEveryChannelInOneStreamForEveryCount() {
        for (int channels = 1; channels <= 70; channels++) {
            for (int count = 1; count <= channels; count++) {
                StreamPlan plan = StreamPlan.ofCount(new ChannelRange(7, channels), count);
                String shape = channels + " channels over " + count;
                assertThat(channelsOf(plan)).as(shape).isEqualTo(range(7, channels));
                assertThat(plan.count()).as(shape).isEqualTo(count);
                List<Integer> widths =
                        plan.streams().stream().map(ChannelRange::count).toList();
                assertThat(widths).as(shape).isSortedAccordingTo((a, b) -> b - a);
                assertThat(widths.get(0) - widths.get(count - 1)).as(shape).isBetween(0, 1);
            }
        }
    }

    @Test
    void shouldRefuseMoreStreamsThanChannelsAndNone() {
        ChannelRange channels = new ChannelRange(0, 4);
        assertThatThrownBy(() -> StreamPlan.ofCount(channels, 5)).hasMessageContaining("1 to 4");
        assertThatThrownBy(() -> StreamPlan.ofCount(channels, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StreamPlan.ofWidth(channels, -1)).hasMessageContaining("not -1");
    }

    @Test
    void shouldRefuseGapsOverlapsAndNothing() {
        assertThatThrownBy(() -> new StreamPlan(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StreamPlan(List.of(new ChannelRange(0, 2), new ChannelRange(3, 1))))
                .hasMessageContaining("3-3")
                .hasMessageContaining("0-1");
        assertThatThrownBy(() -> new StreamPlan(List.of(new ChannelRange(0, 2), new ChannelRange(1, 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNotOverflowWithWidthsNearTheLargestNumber() {
        StreamPlan plan = StreamPlan.ofWidth(new ChannelRange(Integer.MAX_VALUE - 10, 10), Integer.MAX_VALUE);
        assertThat(plan.streams()).containsExactly(new ChannelRange(Integer.MAX_VALUE - 10, 10));
        StreamPlan halves = StreamPlan.ofWidth(new ChannelRange(0, Integer.MAX_VALUE), Integer.MAX_VALUE / 2 + 1);
        assertThat(halves.count()).isEqualTo(2);
        assertThat(halves.stream(1).end()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldKeepItsOwnCopy() {
        List<ChannelRange> ranges = new ArrayList<>(List.of(new ChannelRange(0, 1)));
        StreamPlan plan = new StreamPlan(ranges);
        ranges.clear();
        assertThat(plan.count()).isEqualTo(1);
    }
}
