package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Places and sentences of the reader; what it makes of good texts is compared with Python elsewhere. */
class IniReaderTest {
    @Test
    void shouldRememberLinesOfSectionsAndKeys() {
        IniDocument document = IniReader.read("my.conf", "# head\n[reader]\n\nStart_Chan = 4\n  5\nnum_chan: 1\n");
        assertThat(document.faults()).isEmpty();
        assertThat(document.sections())
                .containsExactly(new IniDocument.Section(
                        "reader",
                        2,
                        List.of(
                                new IniDocument.Entry("start_chan", "4\n5", 4),
                                new IniDocument.Entry("num_chan", "1", 6))));
        assertThat(document.place(6)).isEqualTo("my.conf:6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[reader\\nk = 1 | f:1: '[reader' lacks the ] at its end; write [section]",
                "[a]\\n[broken = 1 | f:2: '[broken = 1' lacks the ] at its end; write [section]",
                "[]\\n | f:1: a section needs a name; write [section]",
                "k = 1\\n[a] | f:1: 'k = 1' stands before any section; begin with a line such as [reader]",
                "[a]\\nword | f:2: 'word' has neither = nor : in it; write key = value",
                "[a]\\n\\n: 3 | f:3: ': 3' has no key before the :; write key = value",
                "[a]\\nk = 1\\nK = 2 | f:3: key k is in section [a] for the second time; keep one of them",
                "[a]\\nk = 1\\n[a] | f:3: section [a] is here for the second time; put its keys into the first one"
            })
    void shouldSayWhatIsWrongAndWhere(String text, String fault) {
        // Where a section is refused, the keys that then stand before any are reported too.
        assertThat(IniReader.read("f", text.replace("\\n", "\n")).faults())
                .first()
                .isEqualTo(fault);
    }

    @Test
    void shouldReportEveryFault() {
        IniDocument document = IniReader.read("f", "a = 1\nb = 2\n[s]\nx\ny = 1\ny = 2\n[t\n[s]\ny = 3\n[u]\nz = 1\n");
        assertThat(document.faults())
                .extracting(fault -> fault.split(":", 3)[1])
                .containsExactly("1", "4", "7", "6", "8");
        assertThat(document.sections()).extracting(IniDocument.Section::name).containsExactly("s", "u");
    }

    @Test
    void shouldSkipByteOrderMark() {
        IniDocument document = IniReader.read("f", "\uFEFF[a]\nk = 1\n");
        assertThat(document.faults()).isEmpty();
        assertThat(document.sections()).hasSize(1);
    }
}
