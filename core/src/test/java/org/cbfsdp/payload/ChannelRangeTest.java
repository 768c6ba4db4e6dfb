package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelRangeTest {
    @Test
    void shouldEndAfterItsLastChannel() {
        ChannelRange range = new ChannelRange(3, 4);
        assertThat(range.end()).isEqualTo(7);
        assertThat(range).hasToString("3-6");
        assertThat(new ChannelRange(5, 1)).hasToString("5-5");
    }

    @ParameterizedTest
    @CsvSource({"3,4,true", "3,1,true", "6,1,true", "4,2,true", "2,1,false", "2,2,false", "6,2,false", "7,1,false"})
    void shouldContainWhatLiesInsideWholly(int first, int count, boolean inside) {
        assertThat(new ChannelRange(3, 4).contains(new ChannelRange(first, count)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({"-1,1", "0,0", "0,-1", "2147483647,1", "1,2147483647"})
    void shouldRefuseWhatIsNoRange(int first, int count) {
        assertThatThrownBy(() -> new ChannelRange(first, count)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReachTheLargestIndex() {
        assertThat(new ChannelRange(2147483646, 1).end()).isEqualTo(Integer.MAX_VALUE);
    }
}
