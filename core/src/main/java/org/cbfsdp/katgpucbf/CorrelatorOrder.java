package org.cbfsdp.katgpucbf;

import org.cbfsdp.payload.Baselines;

/**
 * Where the correlator's products go in the data model's order. Immutable.
 *
 * <p>The correlator numbers the pairs of antennas a1 &lt;= a2 by a2 (a2 + 1) / 2 + a1, every antenna with itself included, and has four
 * products of each: first with first polarisation, second with first, first with second, second with second, those of a1 named
 * first. That is XX, YX, XY, YY of the baseline (a1, a2). Antennas are numbered as in the set's ANTENNA table.
 */
public final class CorrelatorOrder {
    /** Products of a pair. */
    static final int PRODUCTS = 4;

    private static final int[] PLACES = {0, 2, 1, 3};

    private final int[] baselineOfPair;

    private CorrelatorOrder(int... baselineOfPair) {
        this.baselineOfPair = baselineOfPair;
    }

    /**
     * The order for a data model.
     *
     * @throws IllegalArgumentException when the model has no pair, lacks one that the correlator sends, or has another; the message
     *     says which
     */
    public static CorrelatorOrder of(Baselines baselines) {
        if (baselines.count() == 0) {
            throw new IllegalArgumentException("it has no baselines");
        }
        int antennas = 0;
        for (int b = 0; b < baselines.count(); b++) {
            antennas = Math.max(antennas, Math.max(baselines.antenna1(b), baselines.antenna2(b)) + 1);
        }
        long pairs = antennas * (antennas + 1L) / 2;
        if (pairs > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("it has " + antennas + " antennas, more than any correlator");
        }
        int[] order = new int[(int) pairs];
        int pair = 0;
        for (int second = 0; second < antennas; second++) {
            for (int first = 0; first <= second; first++) {
                order[pair] = baselines.indexOf(first, second);
                if (order[pair] < 0) {
                    throw new IllegalArgumentException(
                            "it has no baseline of antennas " + first + " and " + second + ", in this order");
                }
                pair++;
            }
        }
        if (baselines.count() != pairs) {
            throw new IllegalArgumentException("it has baselines whose second antenna is the lower one");
        }
        return new CorrelatorOrder(order);
    }

    /** What so many channels are converted to, in bytes. */
    public long elementBytes(int channels) {
        return (long) channels * pairs() * Conversion.ELEMENT_BYTES;
    }

    /** Pairs of antennas, and so baselines of the model. */
    int pairs() {
        return baselineOfPair.length;
    }

    /** The model's baseline of a pair. */
    int baseline(int pair) {
        return baselineOfPair[pair];
    }

    /** Place of a product among XX, XY, YX, YY. */
    static int place(int product) {
        return PLACES[product];
    }
}
