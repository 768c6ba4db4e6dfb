package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpBlockTest {
    private static void fill(ByteBuffer buffer, int value) {
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (byte) value);
        }
    }

    @Test
    void shouldBeDirectNativeAndAsLargeAsItsShape() {
        DumpBlock dump = new DumpBlock(3, 5, 2);
        assertThat(dump.baselines()).isEqualTo(3);
        assertThat(dump.channels()).isEqualTo(5);
        assertThat(dump.polarisations()).isEqualTo(2);
        assertThat(dump.visibilities().isDirect()).isTrue();
        assertThat(dump.visibilities().order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(dump.visibilities().remaining()).isEqualTo(3 * 5 * 2 * 8);
        assertThat(dump.flags().isDirect()).isTrue();
        assertThat(dump.flags().remaining()).isEqualTo(3 * 5 * 2);
    }

    @Test
    void shouldHandOutItsBuffersFromTheirStart() {
        DumpBlock dump = new DumpBlock(1, 2, 1);
        dump.visibilities().position(8).limit(9);
        dump.flags().position(1);
        assertThat(dump.visibilities().remaining()).isEqualTo(16);
        assertThat(dump.flags().remaining()).isEqualTo(2);
    }

    @Test
    void shouldNumberVisibilitiesWithThePolarisationFastest() {
        DumpBlock dump = new DumpBlock(3, 5, 2);
        int expected = 0;
        for (int b = 0; b < 3; b++) {
            for (int c = 0; c < 5; c++) {
                for (int p = 0; p < 2; p++) {
                    assertThat(dump.index(b, c, p)).isEqualTo(expected++);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1,1,1,0,1",
        "3,5,1,1,1",
        "7,3,1,2,4",
        "5,1,2,0,5",
        "9,7,4,3,0",
        "4,13,1,3,1",
        "11,3,3,4,6",
        "40,17,4,8,31"
    })
    void shouldResetTheBaselinesAskedForAndNoOthers(
            int baselines, int channels, int polarisations, int first, int count) {
        DumpBlock dump = new DumpBlock(baselines, channels, polarisations);
        fill(dump.visibilities(), 0x5A);
        fill(dump.flags(), 0x77);
        for (int b = 0; b < baselines; b++) {
            dump.addFd(b, 100 + b);
        }
        dump.resetBaselines(first, count);
        int row = channels * polarisations;
        for (int b = 0; b < baselines; b++) {
            boolean reset = b >= first && b < first + count;
            assertThat(dump.fdSum(b)).as("baseline %d", b).isEqualTo(reset ? 0 : 100 + b);
            for (int i = b * row; i < (b + 1) * row; i++) {
                assertThat(dump.flags().get(i)).as("flag %d", i).isEqualTo((byte) (reset ? 1 : 0x77));
                for (int byteIndex = i * 8; byteIndex < i * 8 + 8; byteIndex++) {
                    assertThat(dump.visibilities().get(byteIndex)).isEqualTo((byte) (reset ? 0 : 0x5A));
                }
            }
        }
    }

    @Test
    void shouldResetAll() {
        DumpBlock dump = new DumpBlock(3, 3, 1);
        fill(dump.visibilities(), 1);
        dump.addFd(2, 5);
        dump.addFd(2, 6);
        assertThat(dump.fdSum(2)).isEqualTo(11);
        dump.reset();
        assertThat(dump.fdSum(2)).isZero();
        for (int i = 0; i < 9; i++) {
            assertThat(dump.flags().get(i)).isEqualTo((byte) 1);
            assertThat(dump.visibilities().getLong(i * 8)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"-1,1", "0,4", "3,1", "2,-1"})
    void shouldRefuseToResetBaselinesItHasNot(int first, int count) {
        DumpBlock dump = new DumpBlock(3, 1, 1);
        assertThatThrownBy(() -> dump.resetBaselines(first, count)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "131328,512,4",
        "268435456,1,1",
        "1,67108864,4",
        "2147483647,2147483647,4",
        "2147483647,2147483647,2147483647",
        "65536,65536,1"
    })
    void shouldRefuseMoreThanTwoGibibytes(int baselines, int channels, int polarisations) {
        assertThatThrownBy(() -> new DumpBlock(baselines, channels, polarisations))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exceeds 2 GiB");
    }

    @ParameterizedTest
    @CsvSource({"0,1,1", "1,0,1", "1,1,0", "-1,-1,1"})
    void shouldRefuseShapesThatHoldNothing(int baselines, int channels, int polarisations) {
        assertThatThrownBy(() -> new DumpBlock(baselines, channels, polarisations))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
    }
}
