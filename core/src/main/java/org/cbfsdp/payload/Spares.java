package org.cbfsdp.payload;

/**
 * Objects that wait for their next use, first in, first out. Thread-safe; makes no garbage.
 *
 * <p>An object is used again only after {@link #QUARANTINE} others have been given back after it: until then a holder that has
 * released it and uses it all the same is told so, because the object still knows that it is nobody's. The capacity bounds
 * what is kept; more than that is left to the collector.
 */
public final class Spares<T> {
    /** How many spare objects stay out of use. */
    public static final int QUARANTINE = 64;

    private static final int CAPACITY = 4096;

    private final Object[] ring = new Object[CAPACITY];
    private int head;
    private int size;

    /** The object that has waited longest, or null when too few wait: a new one has to be made. */
    @SuppressWarnings("unchecked") // only give() puts into the ring
    public synchronized T take() {
        if (size <= QUARANTINE) {
            return null;
        }
        Object oldest = ring[head];
        ring[head] = null;
        head = (head + 1) % CAPACITY;
        size--;
        return (T) oldest;
    }

    /** Takes an object back that nobody uses any more. */
    public synchronized void give(T object) {
        if (size < CAPACITY) {
            ring[(head + size) % CAPACITY] = object;
            size++;
        }
    }
}
