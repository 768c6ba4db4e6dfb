package org.casacore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeywordsTest {
    @TempDir
    private Path directory;

    private Path made() {
        Path path = directory.resolve("t");
        TableDescription description = TableDescription.builder()
                .scalar("TIME", DataType.DOUBLE, "")
                .unit("TIME", "s")
                .measure("TIME", "epoch", "UTC")
                .keyword("TIME", "NOTE", "seen")
                .build();
        try (Table table = Table.create(path, description, 0)) {
            Keywords keywords = table.keywords();
            keywords.put("text", "Grüße");
            keywords.put("int", -5);
            keywords.put("long", 1L << 40);
            keywords.put("double", 0.1);
            keywords.put("flag", true);
            keywords.put("doubles", new double[] {1.5, 2.5});
            keywords.put("ints", new int[] {1, 2, 3});
            keywords.put("texts", new String[] {"a", "b"});
            keywords.put("none", new String[0]);
            Keywords inner = keywords.putRecord("outer").putRecord("inner");
            inner.put("deep", 42);
            table.keywords("TIME").put("more", 1.0);
        }
        return path;
    }

    @Test
    void shouldPutWhatPythonFinds() {
        assertThat(Oracle.python("""
                        t = table(a[0], ack=False)
                        k = t.getkeywords()
                        for n in k: print(n, k[n] if not hasattr(k[n], 'dtype') else (k[n].dtype.name, k[n].tolist()))
                        c = t.getcolkeywords('TIME')
                        print(c['QuantumUnits'], c['MEASINFO'], c['NOTE'], c['more'])
                        """, made()))
                .containsExactly(
                        "text Grüße",
                        "int -5",
                        "long 1099511627776",
                        "double 0.1",
                        "flag True",
                        "doubles ('float64', [1.5, 2.5])",
                        "ints ('int32', [1, 2, 3])",
                        "texts ['a', 'b']",
                        "none []",
                        "outer {'inner': {'deep': 42}}",
                        "['s'] {'type': 'epoch', 'Ref': 'UTC'} seen 1.0");
    }

    @Test
    void shouldReadBackEveryKind() {
        try (Table table = Table.open(made(), Table.Access.READ_ONLY)) {
            Keywords keywords = table.keywords();
            assertThat(keywords.names())
                    .containsExactly(
                            "text", "int", "long", "double", "flag", "doubles", "ints", "texts", "none", "outer");
            assertThat(keywords.text("text")).isEqualTo("Grüße");
            assertThat(keywords.integer("int")).isEqualTo(-5);
            assertThat(keywords.integer("long")).isEqualTo(1L << 40);
            assertThat(keywords.number("double")).isEqualTo(0.1);
            assertThat(keywords.number("int")).isEqualTo(-5.0);
            assertThat(keywords.flag("flag")).isTrue();
            assertThat(keywords.numberArray("doubles")).containsExactly(1.5, 2.5);
            assertThat(keywords.integerArray("ints")).containsExactly(1, 2, 3);
            assertThat(keywords.texts("texts")).containsExactly("a", "b");
            assertThat(keywords.texts("none")).isEmpty();
            assertThat(keywords.shape("ints")).containsExactly(3);
            assertThat(keywords.type("long")).isEqualTo(DataType.INT64);
            assertThat(keywords.kind("ints")).isEqualTo(Keywords.Kind.ARRAY);
            assertThat(keywords.record("outer").record("inner").integer("deep")).isEqualTo(42);
            assertThat(keywords.contains("nothing")).isFalse();
        }
    }

    @Test
    void shouldReplaceAndRemove() {
        Path path = made();
        try (Table table = Table.open(path, Table.Access.READ_WRITE)) {
            table.keywords().put("int", "now a text");
            table.keywords().remove("outer");
        }
        try (Table table = Table.open(path, Table.Access.READ_ONLY)) {
            assertThat(table.keywords().text("int")).isEqualTo("now a text");
            assertThat(table.keywords().contains("outer")).isFalse();
        }
    }

    @Test
    void shouldNameTableColumnAndKeywordWhenRefusing() {
        Path path = made();
        try (Table table = Table.open(path, Table.Access.READ_ONLY)) {
            Keywords time = table.keywords("TIME");
            assertThatThrownBy(() -> time.record("MEASINFO").text("Reference"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("MEASINFO.Reference of column TIME of table " + table.path())
                    .hasMessageContaining("[type, Ref]");
            assertThatThrownBy(() -> table.keywords().integer("double"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("keyword double of table")
                    .hasMessageContaining("DOUBLE, not an integer");
            assertThatThrownBy(() -> table.keywords().text("texts"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is a ARRAY, not a VALUE");
            assertThatThrownBy(() -> table.keywords().put("x", 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("opened for reading only");
        }
    }
}
