package org.cbfsdp.net;

/** A total of the kernel's drop count, which has 32 bits and wraps. Thread-safe. */
final class DropCounter {
    private long total;
    private int last;

    /** Takes note of a reading, which may be older than the last one by less than half of the range. */
    synchronized void observe(int reading) {
        int more = reading - last;
        if (more > 0) {
            total += more;
            last = reading;
        }
    }

    synchronized long total() {
        return total;
    }
}
