package org.casacore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Named values attached to a table or to a column, nested in records; a view that reads and writes the table itself.
 *
 * <p>Belongs to the thread of its table and ends with it. A missing keyword or one of another type is an
 * {@link IllegalArgumentException} that names table, column and keyword.
 */
public final class Keywords {
    private static final String[] NO_PATH = {};

    /** What a keyword is. */
    public enum Kind {
        /** One value. */
        VALUE,
        /** An array of values. */
        ARRAY,
        /** More keywords. */
        RECORD,
        /** A reference to another table. */
        TABLE
    }

    private final Table table;
    private final String column;
    private final List<String> path;

    Keywords(Table table, String column, List<String> path) {
        this.table = table;
        this.column = column;
        this.path = path;
    }

    /** The names, in the order they were put. */
    public List<String> names() {
        return List.of(KeywordsJni.names(table.handle(), column, pathArray()));
    }

    /** Whether there is a keyword of that name. */
    public boolean contains(String name) {
        return numbers(name).length > 0;
    }

    /** Value, array, record or table. */
    public Kind kind(String name) {
        return kindOf(present(name)[0]);
    }

    /** The type of a value or array. */
    public DataType type(String name) {
        long[] numbers = present(name);
        if (kindOf(numbers[0]) == Kind.RECORD || kindOf(numbers[0]) == Kind.TABLE) {
            throw new IllegalArgumentException(where(name) + " is a " + kind(name) + " and has no value type");
        }
        return DataType.ofNumber((int) numbers[1]);
    }

    /** Extents of an array in casacore's order, empty for anything else. */
    public long[] shape(String name) {
        long[] numbers = present(name);
        return Arrays.copyOfRange(numbers, 2, numbers.length);
    }

    /** Whether it holds more keywords. */
    public boolean isRecord(String name) {
        return kind(name) == Kind.RECORD;
    }

    /** Whether it refers to another table, as the subtables of a Measurement Set do. */
    public boolean isTable(String name) {
        return kind(name) == Kind.TABLE;
    }

    /** A text. */
    public String text(String name) {
        return texts(name, Kind.VALUE)[0];
    }

    /** A number of any type. */
    public double number(String name) {
        return numbers(name, Kind.VALUE)[0];
    }

    /** An integer of any width. */
    public long integer(String name) {
        return integers(name, Kind.VALUE)[0];
    }

    /** A truth value. */
    public boolean flag(String name) {
        check(name, Kind.VALUE, type(name) == DataType.BOOL, "a truth value");
        return KeywordsJni.booleans(table.handle(), column, pathArray(), name)[0];
    }

    /** An array of texts, first axis fastest. */
    public String[] texts(String name) {
        return texts(name, Kind.ARRAY);
    }

    /** An array of numbers of any type, first axis fastest. */
    public double[] numberArray(String name) {
        return numbers(name, Kind.ARRAY);
    }

    /** An array of integers of any width, first axis fastest. */
    public long[] integerArray(String name) {
        return integers(name, Kind.ARRAY);
    }

    /** The keywords inside a record. */
    public Keywords record(String name) {
        check(name, Kind.RECORD, true, "");
        return inside(name);
    }

    /** Puts an empty record, unless there is one, and gives the keywords inside it. */
    public Keywords putRecord(String name) {
        if (!contains(name) || !isRecord(name)) {
            KeywordsJni.putRecord(table.writableHandle(), column, pathArray(), name);
        }
        return inside(name);
    }

    /** Puts a text. */
    public void put(String name, String value) {
        put(name, KeywordValue.of(value));
    }

    /** Puts a 32-bit integer. */
    public void put(String name, int value) {
        put(name, KeywordValue.of(value));
    }

    /** Puts a 64-bit integer. */
    public void put(String name, long value) {
        put(name, KeywordValue.of(value));
    }

    /** Puts a double. */
    public void put(String name, double value) {
        put(name, KeywordValue.of(value));
    }

    /** Puts a truth value. */
    public void put(String name, boolean value) {
        put(name, KeywordValue.of(value));
    }

    /** Puts an array of doubles. */
    public void put(String name, double[] values) {
        put(name, KeywordValue.of(values));
    }

    /** Puts an array of 32-bit integers. */
    public void put(String name, int[] values) {
        put(name, KeywordValue.of(values));
    }

    /** Puts an array of texts. */
    public void put(String name, String[] values) {
        put(name, KeywordValue.of(values));
    }

    /** Takes a keyword away; a table it refers to stays on disk. */
    public void remove(String name) {
        present(name);
        KeywordsJni.remove(table.writableHandle(), column, pathArray(), name);
    }

    void put(String name, KeywordValue value) {
        if (value.type() == null) {
            putRecord(name);
            return;
        }
        long handle = table.writableHandle();
        String[] way = pathArray();
        long[] shape = value.shape() == null ? null : value.shape().toArray();
        int type = value.type().number();
        if (value.values() instanceof String[] texts) {
            KeywordsJni.putStrings(handle, column, way, name, shape, texts);
        } else if (value.values() instanceof double[] numbers) {
            KeywordsJni.putDoubles(handle, column, way, name, type, shape, numbers);
        } else if (value.values() instanceof long[] numbers) {
            KeywordsJni.putLongs(handle, column, way, name, type, shape, numbers);
        } else {
            KeywordsJni.putBooleans(handle, column, way, name, shape, (boolean[]) value.values());
        }
    }

    /** The value as a description carries it; null for tables and complex numbers, which a description leaves out. */
    KeywordValue get(String name) {
        Kind kind = kind(name);
        if (kind == Kind.RECORD) {
            return KeywordValue.RECORD;
        }
        if (kind == Kind.TABLE) {
            return null;
        }
        DataType type = type(name);
        KeywordValue.Shape shape = kind == Kind.ARRAY ? KeywordValue.Shape.of(shape(name)) : null;
        long handle = table.handle();
        return switch (type) {
            case STRING -> new KeywordValue(type, shape, KeywordsJni.strings(handle, column, pathArray(), name));
            case BOOL -> new KeywordValue(type, shape, KeywordsJni.booleans(handle, column, pathArray(), name));
            case FLOAT, DOUBLE -> new KeywordValue(type, shape, KeywordsJni.doubles(handle, column, pathArray(), name));
            case COMPLEX, DCOMPLEX -> null;
            default -> new KeywordValue(type, shape, KeywordsJni.longs(handle, column, pathArray(), name));
        };
    }

    private String[] texts(String name, Kind kind) {
        check(name, kind, type(name) == DataType.STRING, "text");
        return KeywordsJni.strings(table.handle(), column, pathArray(), name);
    }

    private double[] numbers(String name, Kind kind) {
        check(name, kind, type(name).isNumber(), "a number");
        return KeywordsJni.doubles(table.handle(), column, pathArray(), name);
    }

    private long[] integers(String name, Kind kind) {
        DataType type = type(name);
        boolean whole = type.isNumber() && type != DataType.FLOAT && type != DataType.DOUBLE;
        check(name, kind, whole, "an integer");
        return KeywordsJni.longs(table.handle(), column, pathArray(), name);
    }

    private void check(String name, Kind wanted, boolean rightType, String wantedType) {
        Kind kind = kind(name);
        if (kind != wanted) {
            throw new IllegalArgumentException(where(name) + " is a " + kind + ", not a " + wanted);
        }
        if (!rightType) {
            throw new IllegalArgumentException(where(name) + " is of type " + type(name) + ", not " + wantedType);
        }
    }

    private static Kind kindOf(long number) {
        return switch ((int) number) {
            case 0 -> Kind.VALUE;
            case 1 -> Kind.ARRAY;
            case 2 -> Kind.RECORD;
            default -> Kind.TABLE;
        };
    }

    private long[] present(String name) {
        long[] numbers = numbers(name);
        if (numbers.length == 0) {
            throw new IllegalArgumentException(where(name) + " does not exist; there are " + names());
        }
        return numbers;
    }

    private long[] numbers(String name) {
        return KeywordsJni.numbers(table.handle(), column, pathArray(), name);
    }

    private Keywords inside(String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return new Keywords(table, column, List.copyOf(longer));
    }

    private String[] pathArray() {
        return path.toArray(NO_PATH);
    }

    private String where(String name) {
        List<String> full = new ArrayList<>(path);
        full.add(name);
        return "keyword " + String.join(".", full) + " of " + (column.isEmpty() ? "" : "column " + column + " of ")
                + "table " + table.path();
    }
}
