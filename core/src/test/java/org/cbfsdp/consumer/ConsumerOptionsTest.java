package org.cbfsdp.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerOptionsTest {
    private static ConsumerOptions option(String value) {
        return new ConsumerOptions("consumer.plot", Map.of("key", value));
    }

    @Test
    void shouldAskForWhatMustBeGiven() {
        ConsumerOptions given = new ConsumerOptions("plot", Map.of("a", "3", "b", "2.5", "c", "no"));
        assertThat(given.integer("a")).isEqualTo(3);
        assertThat(given.decimal("b")).isEqualTo(2.5);
        assertThat(given.flag("c")).isFalse();
        ConsumerOptions none = new ConsumerOptions("plot", Map.of());
        assertThatThrownBy(() -> none.integer("a"))
                .isInstanceOf(ConsumerException.class)
                .hasMessage("plot.a is not given; it must be a whole number");
        assertThatThrownBy(() -> none.decimal("b")).hasMessage("plot.b is not given; it must be a number");
        assertThatThrownBy(() -> none.flag("c")).hasMessage("plot.c is not given; it must be true or false");
    }

    @Test
    void shouldGiveTheDefaultForWhatWasNotGiven() {
        ConsumerOptions options = new ConsumerOptions("consumer.plot", Map.of());
        assertThat(options.text("key")).isEmpty();
        assertThat(options.integer("key", 7)).isEqualTo(7);
        assertThat(options.decimal("key", 0.5)).isEqualTo(0.5);
        assertThat(options.flag("key", true)).isTrue();
        assertThat(options.flag("key", false)).isFalse();
    }

    @Test
    void shouldGiveTextAsItIs() {
        assertThat(option(" a b ").text("key")).contains(" a b ");
        assertThat(option("").text("key")).contains("");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-5,-5", "+5,5", "010,10", "0x10,16", "0XfF,255", "9223372036854775807,9223372036854775807"})
    void shouldReadWholeNumbers(String text, long expected) {
        assertThat(option(text).integer("key", 99)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1.5", "1e3", "0x", "#10", "ten", "1_000", "9223372036854775808", "5s"})
    void shouldRefuseWhatIsNoWholeNumber(String text) {
        assertThatThrownBy(() -> option(text).integer("key", 1))
                .isInstanceOf(ConsumerException.class)
                .hasMessage("consumer.plot.key = " + text + " is not a whole number")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "-0.25,-0.25", "+.5,.5", "2.,2", "1e3,1000", "1.5E-3,0.0015"})
    void shouldReadNumbers(String text, double expected) {
        assertThat(option(text).decimal("key", 99)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "NaN", "Infinity", "1e999", "1f", "0x1p3", "1,5", " 1", "one"})
    void shouldRefuseWhatIsNoFiniteNumber(String text) {
        assertThatThrownBy(() -> option(text).decimal("key", 1))
                .isInstanceOf(ConsumerException.class)
                .hasMessage("consumer.plot.key = " + text + " is not a number");
    }

    @ParameterizedTest
    @CsvSource({
        "true,true",
        "TRUE,true",
        "yes,true",
        "On,true",
        "1,true",
        "false,false",
        "No,false",
        "off,false",
        "0,false"
    })
    void shouldReadTrueAndFalse(String text, boolean expected) {
        assertThat(option(text).flag("key", !expected)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "t", "truee", " true"})
    void shouldRefuseOtherWords(String text) {
        assertThatThrownBy(() -> option(text).flag("key", true))
                .isInstanceOf(ConsumerException.class)
                .hasMessage("consumer.plot.key = " + text + " is not true or false");
    }

    @Test
    void shouldKeepItsOwnCopy() {
        Map<String, String> values = new HashMap<>(Map.of("key", "1"));
        ConsumerOptions options = new ConsumerOptions("consumer.plot", values);
        values.put("key", "2");
        values.put("other", "3");
        assertThat(options.integer("key", 0)).isEqualTo(1);
        assertThat(options.text("other")).isEmpty();
    }
}
