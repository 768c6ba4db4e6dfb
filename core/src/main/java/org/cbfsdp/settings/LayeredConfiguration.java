package org.cbfsdp.settings;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.configuration2.CombinedConfiguration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.INIConfiguration;
import org.apache.commons.configuration2.ImmutableHierarchicalConfiguration;
import org.apache.commons.configuration2.tree.DefaultExpressionEngine;
import org.apache.commons.configuration2.tree.DefaultExpressionEngineSymbols;
import org.apache.commons.configuration2.tree.ExpressionEngine;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.commons.configuration2.tree.OverrideCombiner;

/**
 * The texts of all settings, layer over layer. Each layer is a hierarchical configuration of commons-configuration2 with
 * a node a group and a node a key; where a text came from is an attribute of its node, so that it is overridden together
 * with it. Used by the loader's thread alone.
 */
final class LayeredConfiguration {
    /** Where a text may come from; each hides the ones before it. */
    enum Layer {
        DECLARED_DEFAULTS,
        FILE_DEFAULT_SECTION,
        FILE_MISTYPED_SECTION,
        FILE,
        OPTIONS,
        ARGUMENTS
    }

    /** A text and where it came from, {@code file:line} or {@code -o}. */
    record Located(String text, String place) {}

    private static final String PLACE = "place";

    /**
     * The library's paths, {@code a.b(0)[@c]}, with control characters in place of the punctuation: names of sections and keys are
     * the user's, and may hold any of it.
     */
    private static final ExpressionEngine PATHS =
            new DefaultExpressionEngine(new DefaultExpressionEngineSymbols.Builder()
                    .setPropertyDelimiter("\u0001")
                    .setEscapedDelimiter("\u0001\u0001")
                    .setIndexStart("\u0002")
                    .setIndexEnd("\u0003")
                    .setAttributeStart("\u0004")
                    .setAttributeEnd("\u0005")
                    .create());

    private final Map<Layer, INIConfiguration> layers = new EnumMap<>(Layer.class);
    private final CombinedConfiguration combined = new CombinedConfiguration(new OverrideCombiner());

    LayeredConfiguration() {
        prepare(combined);
        Layer[] upwards = Layer.values();
        for (int i = upwards.length - 1; i >= 0; i--) {
            INIConfiguration layer = new INIConfiguration();
            prepare(layer);
            layers.put(upwards[i], layer);
            combined.addConfiguration(layer, upwards[i].name());
        }
    }

    private static void prepare(HierarchicalConfiguration<ImmutableNode> configuration) {
        configuration.setExpressionEngine(PATHS);
        // No interpolator: ${...} stays as it is written, and no value can reach the environment.
        configuration.setInterpolator(null);
    }

    void put(Layer layer, String group, String key, Located value) {
        INIConfiguration configuration = layers.get(layer);
        configuration.setProperty(path(group, key), value.text());
        configuration.setProperty(placePath(group, key), value.place());
    }

    /** The text that counts; null when no layer has one. */
    Located get(String group, String key) {
        return located(combined, group, key);
    }

    /** The text of one layer; null when it has none. */
    Located get(Layer layer, String group, String key) {
        return located(layers.get(layer), group, key);
    }

    /** Keys and texts of every group whose name starts with {@code prefix}, by the rest of the name. */
    Map<String, Map<String, String>> groupsStartingWith(String prefix) {
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        for (ImmutableNode group : combined.getNodeModel().getInMemoryRepresentation()) {
            if (group.getNodeName().startsWith(prefix)) {
                Map<String, String> texts = new LinkedHashMap<>();
                group.forEach(key -> texts.put(key.getNodeName(), String.valueOf(key.getValue())));
                groups.put(group.getNodeName().substring(prefix.length()), texts);
            }
        }
        return groups;
    }

    private static Located located(ImmutableHierarchicalConfiguration configuration, String group, String key) {
        Object text = configuration.getProperty(path(group, key));
        Object place = configuration.getProperty(placePath(group, key));
        return text == null ? null : new Located(text.toString(), String.valueOf(place));
    }

    private static String path(String group, String key) {
        return group + "\u0001" + key;
    }

    private static String placePath(String group, String key) {
        return path(group, key) + "\u0004" + PLACE + "\u0005";
    }
}
