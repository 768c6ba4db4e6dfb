package org.spead.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyHeaderTest {
    private static NumpyHeader parse(String descr, String order, String shape) {
        return NumpyHeader.parse("{'descr': " + descr + ", 'fortran_order': " + order + ", 'shape': " + shape + "}");
    }

    private static NumpyType type(String descr) {
        return parse(descr, "False", "()").type();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<u4', 'fortran_order': False, 'shape': ()}",
                "{'descr': '|i1', 'fortran_order': False, 'shape': (2,)}",
                "{'descr': '>f8', 'fortran_order': True, 'shape': (3, 0, 5)}",
                "{'descr': '|S5', 'fortran_order': False, 'shape': (3,)}",
                "{'descr': '<U3', 'fortran_order': False, 'shape': (2,)}",
                "{'descr': [('TCI', '|i1'), ('FD', '|u1'), ('VIS', '<c8', (4,))], 'fortran_order': False, 'shape': (4, 6)}",
                "{'descr': [('a', [('b', '<u2'), ('c', '|u1')], (2, 3))], 'fortran_order': False, 'shape': ()}",
                "{'descr': [(\"a'b\", '<u4')], 'fortran_order': False, 'shape': ()}"
            })
    void shouldPrintWhatItHasRead(String text) {
        assertThat(NumpyHeader.parse(text)).hasToString(text);
    }

    @Test
    void shouldKnowSizesAndOffsetsOfFields() {
        NumpyType type = type("[('TCI', '|i1'), ('FD', '|u1'), ('VIS', '<c8', (4,))]");

        assertThat(type.itemSizeBytes()).isEqualTo(34);
        assertThat(type.fields()).extracting(NumpyField::offsetBytes).containsExactly(0, 1, 2);
        assertThat(type.fields().get(2).sizeBytes()).isEqualTo(32);
        assertThat(type("[('a', [('b', '<u2'), ('c', '|u1')], (2, 3)), ('d', '|u1')]")
                        .itemSizeBytes())
                .isEqualTo(19);
    }

    @ParameterizedTest
    @CsvSource({
        "u4,<u4",
        "=u4,<u4",
        "|u4,<u4",
        ">u4,>u4",
        "|b1,|b1",
        "?,|b1",
        "S5,|S5",
        ">S5,|S5",
        "<u1,|u1",
        "|V3,|V3",
        "<c16,<c16",
        "<f2,<f2"
    })
    void shouldReadTheWaysToWriteAScalar(String text, String canonical) {
        assertThat(type("'" + text + "'")).hasToString(canonical);
    }

    @Test
    void shouldNameFieldsWithoutNameAndTakeNumbersForShapes() {
        assertThat(type("[('x', '|u1'), ('', '|V3'), ('y', '<u4', 2)]"))
                .hasToString("[('x', '|u1'), ('f1', '|V3'), ('y', '<u4', (2,))]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "'|O'; DTYPE_OBJECT",
                "'O'; DTYPE_OBJECT",
                "[('a', '|O8')]; DTYPE_OBJECT",
                "'|S0'; DTYPE_ZERO_SIZE",
                "'|V0'; DTYPE_ZERO_SIZE",
                "[]; DTYPE_ZERO_SIZE",
                "[('a', '<u4', (0,))]; DTYPE_ZERO_SIZE",
                "[('a', '<u2'), ('a', '|u1')]; DTYPE_DUPLICATE_FIELD",
                "[('', '<u2'), ('f0', '|u1')]; DTYPE_DUPLICATE_FIELD",
                "'<u3'; DTYPE_UNKNOWN",
                "'<M8[s]'; DTYPE_UNKNOWN",
                "'nonsense'; DTYPE_UNKNOWN",
                "''; DTYPE_UNKNOWN",
                "5; DTYPE_UNKNOWN",
                "[5]; DTYPE_UNKNOWN",
                "[('a',)]; DTYPE_UNKNOWN",
                "[('a', '<u4', (1000000, 1000000))]; DTYPE_UNKNOWN",
                "[('a', '|S999999999', (9,))]; DTYPE_UNKNOWN",
                "[('a', '<u4', (-1,))]; NUMPY_SHAPE",
                "'<u4; NUMPY_SYNTAX",
                "[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]; NUMPY_SYNTAX",
                "b'x'; NUMPY_SYNTAX",
                "'\\q'; NUMPY_SYNTAX"
            })
    void shouldRefuseTypesByName(String descr, ItemFault fault) {
        assertThatThrownBy(() -> type(descr))
                .isInstanceOfSatisfying(
                        ItemFormatException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "False; (2); NUMPY_SHAPE",
                "False; [2]; NUMPY_SHAPE",
                "False; (-1,); NUMPY_SHAPE",
                "False; (True,); NUMPY_SHAPE",
                "False; (2L,); NUMPY_SYNTAX",
                "False; (2 3); NUMPY_SYNTAX",
                "False; (02,); NUMPY_SYNTAX",
                "False; ('a',); NUMPY_SHAPE",
                "1; (); NUMPY_ORDER",
                "None; (); NUMPY_SYNTAX"
            })
    void shouldRefuseOrdersAndShapesByName(String order, String shape, ItemFault fault) {
        assertThatThrownBy(() -> parse("'<u4'", order, shape))
                .isInstanceOfSatisfying(
                        ItemFormatException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<u4'}",
                "{}",
                "{'descr': '<u4', 'fortran_order': False, 'shape': (), 'x': 1}",
                "{'descr': '<u4', 'fortran_order': False, 5: ()}"
            })
    void shouldInsistOnTheThreeKeys(String text) {
        assertThatThrownBy(() -> NumpyHeader.parse(text))
                .isInstanceOfSatisfying(
                        ItemFormatException.class, e -> assertThat(e.fault()).isEqualTo(ItemFault.NUMPY_KEYS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'shape':(2,),'descr':\"<u4\",'fortran_order':False,}  ",
                "{'descr': '\\x3cu4', 'fortran_order': False, 'shape': (2,)}\n",
                "{'descr':'<u4','fortran_order':False,'shape':(),'shape':(2,)}"
            })
    void shouldReadOtherSpellingsOfTheSame(String text) {
        assertThat(NumpyHeader.parse(text)).isEqualTo(NumpyHeader.of(NumpyType.scalar('<', 'u', 4), 2));
    }

    @Test
    void shouldThrowNothingElseForAnyText() {
        long seed = 7;
        Random random = new Random(seed);
        String sound = "{'descr': [('a', '<u2'), ('c', '|u1', (2,))], 'fortran_order': False, 'shape': (2, 3)}";
        String letters = "{}[](),:'\"\\<>|=?uifSUVbcO0123456789 TrueFalsx-";
        for (int round = 0; round < 100_000; round++) {
            StringBuilder text = new StringBuilder(sound);
            for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                text.replace(at, at + random.nextInt(2), "" + letters.charAt(random.nextInt(letters.length())));
            }
            try {
                ItemType.of(NumpyHeader.parse(text.toString()));
            } catch (ItemFormatException e) {
                assertThat(e.fault()).isNotNull();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }
}
