package org.spead.recv;

/**
 * How a {@link BufferPool} holds memory. Immutable.
 *
 * <p>Buffers of one size, that of the heaps that are expected, can be set apart: whoever asks for {@code lowerBytes} to
 * {@code upperBytes} is lent one of {@code upperBytes}. Up to {@code maxFree} of them wait for their next use, {@code
 * initial} are there from the start, so that the first heaps find memory that is mapped. Every other size is lent in the
 * pool's own classes. A reserve is there from the start for heaps whose size nobody knows beforehand.
 *
 * @param boundBytes most bytes of all buffers together, lent and idle
 * @param lowerBytes smallest request that is lent a buffer of the size set apart
 * @param upperBytes largest such request, and the size of these buffers; 0 when no size is set apart
 * @param maxFree most idle buffers of that size
 * @param initial how many of them are made with the pool
 * @param reserveBytes memory that is made with the pool, and of which buffers of any other size are cut
 */
public record PoolPolicy(long boundBytes, int lowerBytes, int upperBytes, int maxFree, int initial, int reserveBytes) {
    public PoolPolicy {
        require(boundBytes > 0, "a buffer pool needs a bound above 0 bytes, not " + boundBytes);
        require(
                upperBytes >= 0 && lowerBytes >= (upperBytes == 0 ? 0 : 1) && lowerBytes <= upperBytes,
                "a size class must be 0 < lower <= upper, not " + lowerBytes + " and " + upperBytes);
        require(
                initial >= 0 && initial <= maxFree,
                "initial must be from 0 to maxFree " + maxFree + ", not " + initial);
        require(reserveBytes >= 0, "a reserve needs 0 bytes or more, not " + reserveBytes);
        require(
                (long) initial * upperBytes + reserveBytes <= boundBytes,
                initial + " buffers of " + upperBytes + " bytes and a reserve of " + reserveBytes
                        + " bytes exceed the bound of " + boundBytes);
    }

    /** No size set apart. */
    public static PoolPolicy bound(long boundBytes) {
        return new PoolPolicy(boundBytes, 0, 0, 0, 0, 0);
    }

    /** This bound, with buffers set apart for requests from {@code lowerBytes} to {@code upperBytes}. */
    public PoolPolicy withSize(int newLowerBytes, int newUpperBytes, int newMaxFree, int newInitial) {
        return new PoolPolicy(boundBytes, newLowerBytes, newUpperBytes, newMaxFree, newInitial, reserveBytes);
    }

    /** This policy with that reserve. */
    public PoolPolicy withReserve(int newReserveBytes) {
        return new PoolPolicy(boundBytes, lowerBytes, upperBytes, maxFree, initial, newReserveBytes);
    }

    boolean isSetApart(int bytes) {
        return bytes >= lowerBytes && bytes <= upperBytes;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
