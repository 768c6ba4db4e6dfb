package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.cbfsdp.settings.ReaderSettings;
import org.cbfsdp.settings.SettingsLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CirculationTest {
    @ParameterizedTest(name = "{0} times {1}, {2} dumps, {3} heaps at once: {4} circulate")
    @CsvSource({
        "1, sequence, 5, 1, 2",
        "2, sequence, 5, 1, 5",
        "2, sequence, 5, 5, 10",
        "2, sequence, 1, 3, 4",
        "2, sequence, 10, 1, 10",
        "2, sequence, 11, 1, 2",
        "2, dump, 5, 1, 2",
    })
    void shouldLetEachHeapMeetItsDumpAgainWhenTheyFit(int repeats, String mode, int dumps, int maxHeaps, int heaps) {
        ReaderSettings settings = new SettingsLoader()
                .option("reader.synthetic=1x1x1")
                .option("reader.num_repeats=" + repeats)
                .option("reader.repeat_mode=" + mode)
                .option("reader.cache_size=1009")
                .loadSender()
                .reader();
        assertThat(Circulation.of(settings, maxHeaps, dumps, 100)).isEqualTo(new Circulation(maxHeaps + 1, heaps));
    }
}
