package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import org.cbfsdp.payload.ChannelRange;
import org.junit.jupiter.api.Test;

class ChannelClaimsTest {
    private final ChannelClaims claims = new ChannelClaims(3);

    @Test
    void shouldHoldAStreamToItsFirstChannels() {
        assertThat(claims.claim(0, 4, 4)).isTrue();
        assertThat(claims.claim(0, 4, 4)).isTrue();
        assertThat(claims.claim(0, 4, 5)).isFalse();
        assertThat(claims.claim(0, 5, 4)).isFalse();
    }

    @Test
    void shouldRefuseChannelsOfAnotherStream() {
        claims.claim(0, 4, 4);
        assertThat(claims.claim(1, 7, 2)).isFalse();
        assertThat(claims.claim(1, 0, 5)).isFalse();
        assertThat(claims.claim(1, 0, 4)).isTrue();
        assertThat(claims.claim(2, 8, 1)).isTrue();
    }

    @Test
    void shouldNameWhatNobodyCarried() {
        ChannelRange all = new ChannelRange(0, 16);
        assertThat(claims.missing(all)).containsExactly(all);
        claims.claim(1, 2, 3);
        claims.claim(0, 8, 4);
        assertThat(claims.missing(all))
                .containsExactly(new ChannelRange(0, 2), new ChannelRange(5, 3), new ChannelRange(12, 4));
        assertThat(claims.missing(new ChannelRange(2, 3))).isEmpty();
        assertThat(claims.missing(new ChannelRange(3, 7))).containsExactly(new ChannelRange(5, 3));
    }
}
