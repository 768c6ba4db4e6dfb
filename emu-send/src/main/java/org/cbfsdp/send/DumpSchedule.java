package org.cbfsdp.send;

import org.cbfsdp.settings.ReaderSettings.RepeatMode;
import org.cbfsdp.settings.SettingsException;

/**
 * Which dump goes out as the n-th, with what time. Immutable.
 *
 * <p>In mode {@code SEQUENCE} the whole time sequence is sent again with time advancing by its length, last interval
 * included; in mode {@code DUMP} each dump is sent several times with the same time, as the original emulator did.
 */
final class DumpSchedule {
    private final DumpSource source;
    private final int repeats;
    private final RepeatMode mode;
    private final double periodSeconds;

    DumpSchedule(DumpSource source, int repeats, RepeatMode mode) {
        this.source = source;
        this.repeats = repeats;
        this.mode = mode;
        int last = source.dumpCount() - 1;
        double length = source.timeMjdSeconds(last) - source.timeMjdSeconds(0) + source.intervalSeconds(last);
        if (repeats > 1 && mode == RepeatMode.SEQUENCE && !(length > 0)) {
            throw new SettingsException("reader.num_repeats = " + repeats
                    + " needs to know how long a dump is, but" + " the set's INTERVAL is "
                    + source.intervalSeconds(last) + " s; reader.repeat_mode = dump does not");
        }
        this.periodSeconds = length;
    }

    /** How many dumps go out in all. */
    long count() {
        return (long) source.dumpCount() * repeats;
    }

    /** The dump of the source that goes out as number {@code position}. */
    int dump(long position) {
        return (int) (mode == RepeatMode.SEQUENCE ? position % source.dumpCount() : position / repeats);
    }

    /** The time that it is given. */
    double timeMjdSeconds(long position) {
        double time = source.timeMjdSeconds(dump(position));
        if (mode == RepeatMode.DUMP) {
            return time;
        }
        long round = position / source.dumpCount();
        return time + round * periodSeconds;
    }
}
