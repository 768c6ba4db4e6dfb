package org.spead.transport.impair;

/**
 * How often what is done to packets. Immutable. At most one thing is done to a packet, so that the fractions together are at most 1.
 *
 * @param drop fraction of the packets that are not sent
 * @param duplicate fraction that is sent twice
 * @param reorder fraction that is sent later
 * @param reorderDistance how many of the packets that follow it go before one that is sent later, at least 1
 * @param corrupt fraction of which one bit is changed
 */
public record PacketImpairments(double drop, double duplicate, double reorder, int reorderDistance, double corrupt) {
    /** Nothing. */
    public static final PacketImpairments NONE = new PacketImpairments(0, 0, 0, 1, 0);

    public PacketImpairments {
        requireFraction("drop", drop);
        requireFraction("duplicate", duplicate);
        requireFraction("reorder", reorder);
        requireFraction("corrupt", corrupt);
        requireFraction("the sum of all fractions", drop + duplicate + reorder + corrupt);
        if (reorderDistance < 1) {
            throw new IllegalArgumentException("reorderDistance must be at least 1, not " + reorderDistance);
        }
    }

    private static void requireFraction(String name, double fraction) {
        // Sums of fractions such as 0.1 may be a little more than 1.
        if (!(fraction >= 0 && fraction <= 1 + 1e-9)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, not " + fraction);
        }
    }

    /** Whether nothing is ever done. */
    public boolean areNone() {
        return drop + duplicate + reorder + corrupt == 0;
    }

    /** What a number drawn evenly from 0 to 1 stands for; null for nothing. */
    PacketImpairment at(double drawn) {
        double bound = drop;
        if (drawn < bound) {
            return PacketImpairment.DROP;
        }
        bound += duplicate;
        if (drawn < bound) {
            return PacketImpairment.DUPLICATE;
        }
        bound += reorder;
        if (drawn < bound) {
            return PacketImpairment.REORDER;
        }
        return drawn < bound + corrupt ? PacketImpairment.CORRUPT : null;
    }
}
