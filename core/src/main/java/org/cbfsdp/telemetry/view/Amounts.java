package org.cbfsdp.telemetry.view;

import java.util.Locale;
import org.cbfsdp.telemetry.status.StatusSnapshot.Rate;

/** Numbers as the views write them: the same in every locale. */
final class Amounts {
    private Amounts() {}

    /** Bytes a second as gigabits a second, {@code 7.213 Gb/s}. */
    static String gigabits(Rate rate) {
        return String.format(Locale.ROOT, "%.3f Gb/s", rate.bytesPerSecond() * 8 / 1e9);
    }

    /** {@code 12.5 heaps/s}. */
    static String heaps(Rate rate) {
        return String.format(Locale.ROOT, "%.1f heaps/s", rate.heapsPerSecond());
    }

    /** Hours, minutes, seconds: {@code 0:03:20}. */
    static String duration(long nanos) {
        long seconds = nanos / 1_000_000_000;
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
