package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypeTest {
    private enum Fruit {
        APPLE,
        SOUR_CHERRY
    }

    private static final SettingType<Integer> PORT = NumberType.integer(1, 65535);
    private static final SettingType<Long> IDENTIFIER = NumberType.identifier(0xFFFF_FFFFL);
    private static final SettingType<Double> FRACTION = NumberType.decimal("0", "0.5");
    private static final ChoiceType<Fruit> FRUIT = ChoiceType.of(Fruit.class)
            .alias("pomme", Fruit.APPLE)
            .refuse("durian", "is not supported yet by this version");

    @Test
    void shouldReadIntegersUpToBothEnds() {
        assertThat(PORT.parse("1")).isEqualTo(1);
        assertThat(PORT.parse("+0065535")).isEqualTo(65535);
        assertThat(NumberType.integer(-5, 5).parse("-5")).isEqualTo(-5);
        assertThat(NumberType.longInteger(0, Long.MAX_VALUE).parse("9223372036854775807"))
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "12abc", "1 2", "1.0", "1e3", "0x10", "1_000", "--1", "+", "\u0661\u0662", "1L", "1\n2"})
    void shouldRefuseWhatIsNoInteger(String text) {
        assertThatThrownBy(() -> PORT.parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessage("is not a whole number; give 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "4294967297", "99999999999999999999999999"})
    void shouldRefuseIntegersOutOfRange(String text) {
        assertThatThrownBy(() -> PORT.parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessage("is out of range; give 1 to 65535");
    }

    @Test
    void shouldNameTrueEndOfOpenRanges() {
        SettingType<Integer> type = NumberType.integer(0, Integer.MAX_VALUE);
        assertThat(type.range()).isEqualTo("0 to 2147483647");
        assertThatThrownBy(() -> type.parse("2147483648")).hasMessage("is out of range; give 0 to 2147483647");
    }

    @ParameterizedTest
    @CsvSource({"0xBEEF,48879", "0Xffffffff,4294967295", "48879,48879", "010,10"})
    void shouldReadIdentifiers(String text, long value) {
        assertThat(IDENTIFIER.parse(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x", "0x100000000", "beef", "-0x1", "0xG", "-1"})
    void shouldRefuseOtherIdentifiers(String text) {
        assertThatThrownBy(() -> IDENTIFIER.parse(text)).isInstanceOf(BadValueException.class);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.5,0.5", ".25,0.25", "1e-2,0.01", "5E-1,0.5", "0.,0"})
    void shouldReadDecimals(String text, double value) {
        assertThat(FRACTION.parse(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "0.1d", "0x1p-3", "1,5", "", ".", "e3", "0.51", "-0.1", "1e999"})
    void shouldRefuseOtherDecimals(String text) {
        assertThatThrownBy(() -> FRACTION.parse(text)).isInstanceOf(BadValueException.class);
    }

    @Test
    void shouldReadBooleansAsPythonDoes() {
        SettingType<Boolean> type = new BooleanType();
        assertThat(List.of("1", "yes", "TRUE", "On")).allMatch(type::parse);
        assertThat(List.of("0", "no", "False", "oFF")).noneMatch(type::parse);
        assertThatThrownBy(() -> type.parse("y"))
                .hasMessage("is neither true nor false; give one of true, false (yes/no, on/off, 1/0)");
    }

    @Test
    void shouldReadChoicesInAnyCase() {
        assertThat(FRUIT.parse("Sour_Cherry")).isEqualTo(Fruit.SOUR_CHERRY);
        assertThat(FRUIT.parse("POMME")).isEqualTo(Fruit.APPLE);
        assertThatThrownBy(() -> FRUIT.parse("pear")).hasMessage("is not known; give one of apple, sour_cherry");
        assertThatThrownBy(() -> FRUIT.parse("durian"))
                .hasMessage("is not supported yet by this version; give one of apple, sour_cherry");
    }

    @Test
    void shouldReadListsAndTheirAliases() {
        SettingType<List<String>> type = new ListType(Map.of("old", "new"));
        assertThat(type.parse("old, org.example.Plot")).containsExactly("new", "org.example.Plot");
        assertThatThrownBy(() -> type.parse("")).hasMessage("is empty; give at least one name");
        assertThatThrownBy(() -> type.parse("a,,b")).hasMessage("has an empty name; give names between commas");
        assertThatThrownBy(() -> type.parse("new,old")).hasMessage("names new twice; give each name once");
    }

    @Test
    void shouldTakeEmptyTextForAnOptionalThatIsNotSet() {
        SettingType<Optional<Integer>> type = new OptionalType<>(PORT);
        assertThat(type.parse("")).isEmpty();
        assertThat(type.parse("7")).contains(7);
        assertThatThrownBy(() -> type.parse("0")).isInstanceOf(BadValueException.class);
    }

    @Test
    void shouldReadPathsAndText() {
        assertThat(TextType.path().parse("a b/c.ms")).isEqualTo(Path.of("a b", "c.ms"));
        assertThatThrownBy(() -> TextType.path().parse("a\0b")).hasMessageStartingWith("is no path");
        assertThatThrownBy(() -> TextType.text().parse("")).hasMessage("is empty; give a value");
        assertThatThrownBy(() -> TextType.text().parse("a\nb")).hasMessageContaining("several lines");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "223.255.255.255",
                "240.0.0.1",
                "::1",
                "[fe80::1]",
                "ff.example.org",
                "2240",
                "0ff0::1",
                "::ffff:10.0.0.1",
                "224.example.org"
            })
    void shouldTellThatHostsAreNoMulticastGroups(String host) {
        assertThat(TextType.host().parse(host)).isEqualTo(host);
        assertThat(MulticastAddress.matches(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "224.0.0.1",
                "239.255.255.255",
                "239.1",
                "3758096385",
                "ff02::1",
                "FF0E::5",
                "[ff02::1]",
                "ff05::1%eth0",
                "::ffff:239.0.0.1"
            })
    void shouldTellMulticastGroups(String host) {
        assertThat(TextType.host().parse(host)).isEqualTo(host);
        assertThat(MulticastAddress.matches(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "a=b", "http://x"})
    void shouldRefuseWhatIsNoHost(String host) {
        assertThatThrownBy(() -> TextType.host().parse(host)).hasMessage("is no host; give a name or an address");
    }

    @Test
    void shouldReadProcessors() {
        ProcessorListType type = new ProcessorListType();
        assertThat(type.parse("3")).containsExactly(3);
        assertThat(type.parse("0, 2,-1 ,2")).containsExactly(0, 2, -1, 2);
        assertThat(new OptionalType<>(type).parse("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'0,,1',''", "'0-3',0-3", "'1,-2',-2", "'1,8192',8192", "all,all"})
    void shouldNameWhatIsNoProcessor(String text, String named) {
        assertThatThrownBy(() -> new ProcessorListType().parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessage(
                        "has '" + named + "' in it, which is no processor; give numbers from 0 to 8191 between commas,"
                                + " -1 for none in particular");
    }
}
