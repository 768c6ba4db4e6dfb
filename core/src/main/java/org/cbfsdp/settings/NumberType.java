package org.cbfsdp.settings;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Numbers within a range, both ends included. Nothing but digits is taken for a number: no suffixes, no digit groups, no
 * NaN; and a number that is too large for its type is out of range, never another number.
 *
 * @param name the type, for the tables
 * @param noun the type, within a sentence
 * @param form the texts that are numbers of this type
 * @param narrow makes the value of a number that is within the range
 */
record NumberType<T>(
        String name, String noun, Pattern form, BigDecimal min, BigDecimal max, Function<BigDecimal, T> narrow)
        implements SettingType<T> {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,40}");
    private static final Pattern WHOLE_OR_HEXADECIMAL = Pattern.compile("[+-]?[0-9]{1,40}|0[xX][0-9a-fA-F]{1,40}");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]{1,40}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?");

    static NumberType<Integer> integer(int min, int max) {
        return new NumberType<>(
                "integer",
                "a whole number",
                WHOLE,
                BigDecimal.valueOf(min),
                BigDecimal.valueOf(max),
                BigDecimal::intValueExact);
    }

    static NumberType<Long> longInteger(long min, long max) {
        return new NumberType<>(
                "integer",
                "a whole number",
                WHOLE,
                BigDecimal.valueOf(min),
                BigDecimal.valueOf(max),
                BigDecimal::longValueExact);
    }

    /** Whole numbers from 0 that may also be written in hexadecimal. */
    static NumberType<Long> identifier(long max) {
        return new NumberType<>(
                "identifier",
                "a whole number (0x before a hexadecimal one)",
                WHOLE_OR_HEXADECIMAL,
                BigDecimal.ZERO,
                BigDecimal.valueOf(max),
                BigDecimal::longValueExact);
    }

    static NumberType<Double> decimal(String min, String max) {
        return new NumberType<>(
                "decimal",
                "a decimal number",
                DECIMAL,
                new BigDecimal(min),
                new BigDecimal(max),
                BigDecimal::doubleValue);
    }

    /** Decimal numbers that lose none of their digits. */
    static NumberType<BigDecimal> exact(String min, String max) {
        return new NumberType<>(
                "decimal", "a decimal number", DECIMAL, new BigDecimal(min), new BigDecimal(max), Function.identity());
    }

    @Override
    public String range() {
        boolean unlimited = max.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) == 0;
        return min.toPlainString() + (unlimited ? " or more" : " to " + max.toPlainString());
    }

    @Override
    public T parse(String text) {
        if (!form.matcher(text).matches()) {
            throw new BadValueException("is not " + noun + "; give " + range());
        }
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        BigDecimal number = hexadecimal ? new BigDecimal(new BigInteger(text.substring(2), 16)) : new BigDecimal(text);
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            // Said with its true upper end: "0 or more" would not explain why 99999999999 is refused.
            throw new BadValueException("is out of range; give " + min.toPlainString() + " to " + max.toPlainString());
        }
        return narrow.apply(number);
    }
}
