package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.cbfsdp.payload.Baselines.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaselinesTest {
    private static final Duration REASON = Duration.ofSeconds(20);

    /** "0-1 0-2" as rows; antennas of one digit. */
    private static Rows rows(String text) {
        return new Rows(
                IntStream.range(0, (text.length() + 1) / 4)
                        .map(i -> text.charAt(4 * i) - '0')
                        .toArray(),
                IntStream.range(0, (text.length() + 1) / 4)
                        .map(i -> text.charAt(4 * i + 2) - '0')
                        .toArray());
    }

    private static List<String> order(Baselines baselines) {
        return IntStream.range(0, baselines.count())
                .mapToObj(i -> baselines.antenna1(i) + "-" + baselines.antenna2(i))
                .toList();
    }

    private static List<String> orderOf(String... dumps) {
        return order(
                Baselines.ofDumps(Arrays.stream(dumps).map(BaselinesTest::rows).toList()));
    }

    private static List<int[]> triangle(int stations) {
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < stations; i++) {
            for (int j = i; j < stations; j++) {
                pairs.add(new int[] {i, j});
            }
        }
        return pairs;
    }

    private static Rows rows(List<int[]> pairs) {
        return new Rows(
                pairs.stream().mapToInt(p -> p[0]).toArray(),
                pairs.stream().mapToInt(p -> p[1]).toArray());
    }

    @Test
    void shouldKeepTheRowOrderOfTheFirstDump() {
        assertThat(orderOf("2-3 0-1 1-1 0-3", "0-1 0-3 2-3 1-1")).containsExactly("2-3", "0-1", "1-1", "0-3");
    }

    @Test
    void shouldPlaceALateBaselineBehindItsNeighbour() {
        assertThat(orderOf("0-1 0-3 1-2", "0-1 0-2 0-3 1-2")).containsExactly("0-1", "0-2", "0-3", "1-2");
        assertThat(orderOf("0-1 1-2", "0-0 0-1 1-2")).containsExactly("0-0", "0-1", "1-2");
        assertThat(orderOf("0-1", "0-1 0-2 0-3")).containsExactly("0-1", "0-2", "0-3");
        assertThat(orderOf("", "0-1 0-2", "", "0-2 1-2 0-1")).containsExactly("0-1", "0-2", "1-2");
    }

    @Test
    void shouldTellTheDirectionOfABaselineApart() {
        Baselines baselines = Baselines.of(new int[] {0, 1}, new int[] {1, 0});
        assertThat(baselines.count()).isEqualTo(2);
        assertThat(baselines.indexOf(0, 1)).isZero();
        assertThat(baselines.indexOf(1, 0)).isEqualTo(1);
    }

    @Test
    void shouldCountARepeatedRowOnce() {
        assertThat(orderOf("0-1 0-1 0-2 0-1 1-2")).containsExactly("0-1", "1-2", "0-2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldFollowTheRuleWithIrregularDumps(long seed) {
        Random random = new Random(seed);
        List<int[]> all = triangle(9);
        List<Rows> dumps = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int d = 0; d < 12; d++) {
            List<int[]> present = new ArrayList<>(all);
            Collections.shuffle(present, random);
            present = present.subList(0, random.nextInt(all.size() + 1));
            dumps.add(rows(present));
            int at = 0;
            for (int[] pair : present) {
                String name = pair[0] + "-" + pair[1];
                if (!expected.contains(name)) {
                    expected.add(at, name);
                }
                at = expected.indexOf(name) + 1;
            }
        }
        Baselines baselines = Baselines.ofDumps(dumps);
        assertThat(order(baselines)).as("seed %d", seed).isEqualTo(expected);
        for (int i = 0; i < baselines.count(); i++) {
            assertThat(baselines.indexOf(baselines.antenna1(i), baselines.antenna2(i)))
                    .isEqualTo(i);
        }
    }

    @Test
    void shouldNotFindWhatIsNotThere() {
        Baselines baselines = Baselines.of(new int[] {0, 0}, new int[] {1, 2});
        assertThat(baselines.indexOf(1, 2)).isEqualTo(-1);
        assertThat(baselines.indexOf(-1, 1)).isEqualTo(-1);
        assertThat(Baselines.ofDumps(List.of()).indexOf(0, 0)).isEqualTo(-1);
    }

    @Test
    void shouldSeeAutocorrelations() {
        assertThat(Baselines.of(new int[] {0, 1}, new int[] {1, 1}).hasAutocorrelations())
                .isTrue();
        assertThat(Baselines.of(new int[] {0, 1}, new int[] {1, 2}).hasAutocorrelations())
                .isFalse();
        assertThat(Baselines.ofDumps(List.of()).hasAutocorrelations()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1,true,1", "1,false,0", "0,true,0", "4,true,10", "4,false,6", "64,true,2080", "512,true,131328"})
    void shouldCountBaselinesOfStations(int stations, boolean autocorrelations, int expected) {
        assertThat(Baselines.count(stations, autocorrelations)).isEqualTo(expected);
    }

    @Test
    void shouldCountWithoutOverflow() {
        assertThat(Baselines.count(65535, true)).isEqualTo(2147450880);
        assertThatThrownBy(() -> Baselines.count(100_000, true)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void shouldCompareByOrder() {
        Baselines one = Baselines.of(new int[] {0, 0}, new int[] {1, 2});
        assertThat(one)
                .isEqualTo(Baselines.of(new int[] {0, 0}, new int[] {1, 2}))
                .hasSameHashCodeAs(Baselines.of(new int[] {0, 0}, new int[] {1, 2}))
                .isNotEqualTo(Baselines.of(new int[] {0, 0}, new int[] {2, 1}))
                .isNotEqualTo("0-1 0-2");
    }

    @Test
    void shouldRefuseRowsThatDoNotPairAndAntennasThatAreNone() {
        assertThatThrownBy(() -> new Rows(new int[1], new int[2])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Baselines.of(new int[] {0}, new int[] {-1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void shouldBeQuickWith512StationsInOneDump() {
        Rows rows = rows(triangle(512));
        Baselines baselines = assertTimeoutPreemptively(REASON, () -> Baselines.ofDumps(List.of(rows, rows, rows)));
        assertThat(baselines.count()).isEqualTo(131328);
        assertThat(baselines.indexOf(511, 511)).isEqualTo(131327);
        assertThat(baselines.indexOf(0, 511)).isEqualTo(511);
    }

    @Test
    void shouldBeQuickWhenTheFirstDumpLacksMostBaselines() {
        List<int[]> all = triangle(512);
        List<int[]> few = IntStream.range(0, all.size())
                .filter(i -> i % 50 == 0)
                .mapToObj(all::get)
                .toList();
        Baselines baselines = assertTimeoutPreemptively(REASON, () -> Baselines.ofDumps(List.of(rows(few), rows(all))));
        assertThat(baselines).isEqualTo(Baselines.ofDumps(List.of(rows(all))));
    }
}
