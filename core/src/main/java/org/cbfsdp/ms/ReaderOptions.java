package org.cbfsdp.ms;

import java.util.OptionalInt;

/**
 * What to read of a set. Immutable.
 *
 * @param column name of a complex array column, such as {@code DATA}
 * @param startChannel first channel, counted from 0
 * @param channelCount number of channels, 0 for all to the last; more than there are is clamped
 * @param dataDescId the one DATA_DESC_ID to read; must be given when the set has several
 * @param fieldId the one FIELD_ID to read; must be given when the set has several
 * @param dumpLimit number of dumps to read from the first on, 0 for all
 */
public record ReaderOptions(
        String column, int startChannel, int channelCount, OptionalInt dataDescId, OptionalInt fieldId, int dumpLimit) {
    public ReaderOptions {
        if (startChannel < 0 || channelCount < 0 || dumpLimit < 0) {
            throw new IllegalArgumentException("channels and dumps are counted from 0: start channel " + startChannel
                    + ", " + channelCount + " channels, " + dumpLimit + " dumps");
        }
    }

    /** All channels and dumps of DATA in a set with one data description and one field. */
    public static ReaderOptions defaults() {
        return new ReaderOptions("DATA", 0, 0, OptionalInt.empty(), OptionalInt.empty(), 0);
    }

    /** The same with another column. */
    public ReaderOptions withColumn(String newColumn) {
        return new ReaderOptions(newColumn, startChannel, channelCount, dataDescId, fieldId, dumpLimit);
    }

    /** The same with {@code count} channels from {@code first}. */
    public ReaderOptions withChannels(int first, int count) {
        return new ReaderOptions(column, first, count, dataDescId, fieldId, dumpLimit);
    }

    /** The same with one data description. */
    public ReaderOptions withDataDescId(int id) {
        return new ReaderOptions(column, startChannel, channelCount, OptionalInt.of(id), fieldId, dumpLimit);
    }

    /** The same with one field. */
    public ReaderOptions withFieldId(int id) {
        return new ReaderOptions(column, startChannel, channelCount, dataDescId, OptionalInt.of(id), dumpLimit);
    }

    /** The same with at most {@code limit} dumps. */
    public ReaderOptions withDumpLimit(int limit) {
        return new ReaderOptions(column, startChannel, channelCount, dataDescId, fieldId, limit);
    }
}
