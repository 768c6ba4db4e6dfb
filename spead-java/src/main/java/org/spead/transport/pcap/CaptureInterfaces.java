package org.spead.transport.pcap;

import java.util.Arrays;

/** The interfaces that a section of a pcapng file describes, by number. Confined to the reading thread. */
final class CaptureInterfaces {
    /** More than any machine has; those beyond are not remembered. */
    static final int MAX_INTERFACES = 65_536;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int BINARY = 0x80;
    private static final int MICROSECONDS = 6;

    private int[] linkTypes = new int[4];
    private long[] snapLengths = new long[4];
    private int[] resolutions = new int[4];
    private long[] offsetsSeconds = new long[4];
    private int count;

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /** Adds the next one, with microseconds and no offset. */
    void add(int linkType, long snapLength) {
        if (count == MAX_INTERFACES) {
            return;
        }
        if (count == linkTypes.length) {
            linkTypes = Arrays.copyOf(linkTypes, count * 2);
            snapLengths = Arrays.copyOf(snapLengths, count * 2);
            resolutions = Arrays.copyOf(resolutions, count * 2);
            offsetsSeconds = Arrays.copyOf(offsetsSeconds, count * 2);
        }
        linkTypes[count] = linkType;
        snapLengths[count] = snapLength;
        resolutions[count] = MICROSECONDS;
        offsetsSeconds[count] = 0;
        count++;
    }

    /** Option if_tsresol of the last one: a negative power of ten, or of two with the highest bit. */
    void lastResolution(int ifTsresol) {
        resolutions[count - 1] = ifTsresol;
    }

    /** Option if_tsoffset of the last one. */
    void lastOffset(long seconds) {
        offsetsSeconds[count - 1] = seconds;
    }

    int linkType(int index) {
        return linkTypes[index];
    }

    /** Most bytes captured of a frame; 0 when there is no limit. */
    long snapLength(int index) {
        return snapLengths[index];
    }

    /** Nanoseconds since 1970 of a time in the interface's units; of impossible times some number. */
    long nanos(int index, long ticks) {
        int power = resolutions[index] & (BINARY - 1);
        long nanos = (resolutions[index] & BINARY) == 0 ? ofDecimal(ticks, power) : ofBinary(ticks, power);
        return offsetsSeconds[index] * NANOS_PER_SECOND + nanos;
    }

    private static long ofDecimal(long ticks, int power) {
        long nanos = ticks;
        for (int p = power; p < 9; p++) {
            nanos *= 10;
        }
        for (int p = 9; p < power && nanos != 0; p++) {
            nanos = Long.divideUnsigned(nanos, 10);
        }
        return nanos;
    }

    private static long ofBinary(long ticks, int power) {
        if (power >= Long.SIZE) {
            return 0;
        }
        long seconds = power == 0 ? ticks : ticks >>> power;
        long fraction = ticks - (seconds << power);
        // 2^-32 s is a quarter of a nanosecond: what is finer than that does not show.
        int shift = Math.max(0, power - 32);
        return seconds * NANOS_PER_SECOND + (((fraction >>> shift) * NANOS_PER_SECOND) >>> (power - shift));
    }
}
