package org.cbfsdp.recv.consumer.mswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.cbfsdp.consumer.ConsumerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetNamesTest {
    @TempDir
    Path folder;

    /** Of dumps of the scans 7, 7, 12, 7 there is a set each. */
    @ParameterizedTest
    @CsvSource({
        "out.ms, true, false, out.scan-7.ms out.scan-7.000002.ms out.scan-12.ms out.scan-7.000003.ms",
        "out.ms, false, true, out.000001.ms out.000002.ms out.000003.ms out.000004.ms",
        "out.ms, true, true," + " out.scan-7.000001.ms out.scan-7.000002.ms out.scan-12.000001.ms out.scan-7.000003.ms",
        "out, true, false, out.scan-7 out.scan-7.000002 out.scan-12 out.scan-7.000003",
        "out.v2, false, true, out.v2.000001 out.v2.000002 out.v2.000003 out.v2.000004",
        "OUT.MS, true, false, OUT.scan-7.MS OUT.scan-7.000002.MS OUT.scan-12.MS OUT.scan-7.000003.MS",
        ".ms, false, true, .ms.000001 .ms.000002 .ms.000003 .ms.000004",
        "a.ms/b.ms, false, true, a.ms/b.000001.ms a.ms/b.000002.ms a.ms/b.000003.ms a.ms/b.000004.ms"
    })
    void shouldName(String output, boolean perScan, boolean numbered, String names) {
        SetNames sets = new SetNames(Path.of(output), perScan, numbered);
        assertThat(LongStream.of(7, 7, 12, 7).mapToObj(sets::next).map(Path::toString))
                .containsExactly(names.split(" "));
    }

    @Test
    void shouldKeepTheNameOfASetThatIsAlone() {
        assertThat(new SetNames(Path.of("out.ms"), false, false).next(3)).isEqualTo(Path.of("out.ms"));
    }

    @Test
    void shouldNameScansBeyondTheSignedRange() {
        assertThat(new SetNames(Path.of("out.ms"), true, false).next(-1))
                .isEqualTo(Path.of("out.scan-18446744073709551615.ms"));
    }

    @Test
    void shouldSortAsTheyWereMadeAndGoOnBeyondTheDigits() {
        SetNames sets = new SetNames(Path.of("out.ms"), false, true);
        assertThat(LongStream.range(0, 999_999).mapToObj(sets::next)).isSorted();
        assertThat(sets.next(0)).isEqualTo(Path.of("out.1000000.ms"));
    }

    @Test
    void shouldRefuseANumberedSetThatIsThere() throws Exception {
        Files.createDirectory(folder.resolve("out.000017.ms"));
        Files.createDirectory(folder.resolve("out.ms"));
        SetNames sets = new SetNames(folder.resolve("out.ms"), false, true);
        assertThatThrownBy(() -> sets.refuseForeseen(false))
                .isInstanceOf(ConsumerException.class)
                .hasMessage(folder.resolve("out.000017.ms")
                        + " exists already and is not overwritten unless mswriter.overwrite = true");
        assertThatCode(() -> sets.refuseForeseen(true)).doesNotThrowAnyException();
        assertThatCode(() -> new SetNames(folder.resolve("out.ms"), true, true).refuseForeseen(false))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldNotMindOtherNames() throws Exception {
        for (String name :
                new String[] {"out.00001.ms", "out.000001", "out-000001.ms", "xout.000001.ms", "out.00000a.ms"}) {
            Files.createDirectory(folder.resolve(name));
        }
        assertThatCode(() -> new SetNames(folder.resolve("out.ms"), false, true).refuseForeseen(false))
                .doesNotThrowAnyException();
        assertThatCode(() -> new SetNames(folder.resolve("gone/out.ms"), false, true).refuseForeseen(false))
                .doesNotThrowAnyException();
    }

    /** Ids that alternate are new scans as much as ids that go up. */
    @ParameterizedTest
    @ValueSource(longs = {2, 1_000_000})
    void shouldNameNoMoreScansThanASenderMayBegin(long ids) {
        SetNames sets = new SetNames(Path.of("out.ms"), true, true);
        for (long scan = 0; scan < 10_000; scan++) {
            sets.next(scan % ids);
        }
        assertThat(sets.next(9_999 % ids)).as("another set of the last scan").isNotNull();
        assertThatThrownBy(() -> sets.next(10_000 % ids + 40))
                .isInstanceOf(ConsumerException.class)
                .hasMessage("mswriter.per_scan makes sets of 10000 scans in one reception and no more: no set of scan "
                        + (10_000 % ids + 40) + " is made, those before it are there");
    }

    @Test
    void shouldRefuseWhatIsNoName() {
        assertThatThrownBy(() -> new SetNames(Path.of("/"), false, false)).isInstanceOf(ConsumerException.class);
    }
}
