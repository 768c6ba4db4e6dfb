package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.cbfsdp.settings.LayeredConfiguration.Layer;
import org.cbfsdp.settings.LayeredConfiguration.Located;
import org.junit.jupiter.api.Test;

class LayeredConfigurationTest {
    private final LayeredConfiguration configuration = new LayeredConfiguration();

    @Test
    void shouldHideLowerLayersWhateverTheOrderOfPuts() {
        configuration.put(Layer.FILE, "g", "k", new Located("file", "f:1"));
        configuration.put(Layer.DECLARED_DEFAULTS, "g", "k", new Located("default", ""));
        configuration.put(Layer.DECLARED_DEFAULTS, "g", "other", new Located("default", ""));
        configuration.put(Layer.FILE_DEFAULT_SECTION, "g", "k", new Located("section", "f:2"));
        assertThat(configuration.get("g", "k")).isEqualTo(new Located("file", "f:1"));
        assertThat(configuration.get("g", "other")).isEqualTo(new Located("default", ""));
        configuration.put(Layer.OPTIONS, "g", "k", new Located("first", "-o"));
        configuration.put(Layer.OPTIONS, "g", "k", new Located("second", "-o"));
        assertThat(configuration.get("g", "k")).isEqualTo(new Located("second", "-o"));
        configuration.put(Layer.ARGUMENTS, "g", "k", new Located("argument", "argument"));
        assertThat(configuration.get("g", "k")).isEqualTo(new Located("argument", "argument"));
        assertThat(configuration.get(Layer.FILE, "g", "k")).isEqualTo(new Located("file", "f:1"));
        assertThat(configuration.get(Layer.FILE, "g", "other")).isNull();
        assertThat(configuration.get("g", "none")).isNull();
    }

    @Test
    void shouldLetAnEmptyTextHideALowerLayer() {
        configuration.put(Layer.FILE, "g", "k", new Located("4", "f:1"));
        configuration.put(Layer.OPTIONS, "g", "k", new Located("", "-o"));
        assertThat(configuration.get("g", "k")).isEqualTo(new Located("", "-o"));
    }

    @Test
    void shouldKeepTextsAndNamesAsTheyAre() {
        String text = "a, b;c ${user.home} ${env:HOME} %(x)s \\ \"q\" \n two";
        configuration.put(Layer.FILE, "consumer.org.example.Plot(1)", "a..b [@c] (0)", new Located(text, "f:1"));
        assertThat(configuration.get("consumer.org.example.Plot(1)", "a..b [@c] (0)"))
                .isEqualTo(new Located(text, "f:1"));
        assertThat(configuration.groupsStartingWith("consumer."))
                .isEqualTo(Map.of("org.example.Plot(1)", Map.of("a..b [@c] (0)", text)));
    }

    @Test
    void shouldGatherGroupsOfAllLayers() {
        configuration.put(Layer.FILE, "p.a", "k", new Located("1", "f:1"));
        configuration.put(Layer.FILE, "p.a", "l", new Located("2", "f:2"));
        configuration.put(Layer.OPTIONS, "p.a", "k", new Located("3", "-o"));
        configuration.put(Layer.OPTIONS, "p.b", "k", new Located("4", "-o"));
        configuration.put(Layer.FILE, "q.a", "k", new Located("5", "f:3"));
        assertThat(configuration.groupsStartingWith("p."))
                .isEqualTo(Map.of("a", Map.of("k", "3", "l", "2"), "b", Map.of("k", "4")));
    }
}
