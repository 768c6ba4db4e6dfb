package org.cbfsdp.payload;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which polarisation goes where when sender and set do not hold the same ones. Stateless.
 *
 * <p>Polarisations are named by casacore's Stokes codes, CORR_TYPE: 9 XX, 10 XY, 11 YX, 12 YY (and 5 to 8 for circular).
 * The interface itself carries no codes: four polarisations are XX XY YX YY, two XX YY, one XX. Polarisations therefore
 * travel in the order of their codes, whatever their order in a set.
 */
public final class PolarisationMap {
    private static final int LINEAR_FIRST = 9;
    private static final int CIRCULAR_FIRST = 5;

    private PolarisationMap() {}

    /**
     * For each polarisation sent its place in a set that is sent with as many polarisations as it has.
     *
     * @param correlationTypes CORR_TYPE of the set
     * @throws IllegalArgumentException when there are not 1, 2 or 4
     */
    public static int[] unpadded(int[] correlationTypes) {
        if (correlationTypes.length != 1 && correlationTypes.length != 2 && correlationTypes.length != 4) {
            throw new IllegalArgumentException("a payload has 1, 2 or 4 polarisations, not the "
                    + correlationTypes.length + " of the set; payload.pad_polarisations = true sends 4");
        }
        return IntStream.range(0, correlationTypes.length)
                .boxed()
                .sorted(Comparator.comparingInt(p -> correlationTypes[p]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * For each of the four polarisations of the interface its place in a set, -1 where the set has none.
     *
     * @param correlationTypes CORR_TYPE of the set
     * @throws IllegalArgumentException when a code is neither linear nor circular, or two ask for the same place
     */
    public static int[] padded(int[] correlationTypes) {
        int[] map = {-1, -1, -1, -1};
        for (int p = 0; p < correlationTypes.length; p++) {
            int product = product(correlationTypes[p]);
            if (map[product] >= 0) {
                throw new IllegalArgumentException("CORR_TYPE " + correlationTypes[p] + " and "
                        + correlationTypes[map[product]] + " ask for the same place in the payload");
            }
            map[product] = p;
        }
        return map;
    }

    /**
     * For each polarisation of a set its place in a payload, -1 where the payload has none.
     *
     * @param correlationTypes CORR_TYPE of the set
     * @param received polarisations in the payload
     */
    public static int[] received(int[] correlationTypes, int received) {
        if (received == correlationTypes.length) {
            return Arrays.stream(correlationTypes)
                    .map(type -> (int) Arrays.stream(correlationTypes)
                            .filter(other -> other < type)
                            .count())
                    .toArray();
        }
        int[] products = switch (received) {
            case 1 -> new int[] {0, -1, -1, -1};
            case 2 -> new int[] {0, -1, -1, 1};
            case 4 -> new int[] {0, 1, 2, 3};
            default -> throw new IllegalArgumentException("a payload has 1, 2 or 4 polarisations, not " + received);
        };
        return Arrays.stream(correlationTypes)
                .map(type -> products[product(type)])
                .toArray();
    }

    /** Whether {@link #received} knows what to do with a payload of so many polarisations. */
    public static boolean canReceive(int[] correlationTypes, int received) {
        if (received != 1 && received != 2 && received != 4) {
            return false;
        }
        return received == correlationTypes.length
                || Arrays.stream(correlationTypes).allMatch(PolarisationMap::hasProduct);
    }

    private static boolean hasProduct(int correlationType) {
        return correlationType >= CIRCULAR_FIRST && correlationType < LINEAR_FIRST + 4;
    }

    private static int product(int correlationType) {
        if (correlationType >= LINEAR_FIRST && correlationType < LINEAR_FIRST + 4) {
            return correlationType - LINEAR_FIRST;
        }
        if (correlationType >= CIRCULAR_FIRST && correlationType < CIRCULAR_FIRST + 4) {
            return correlationType - CIRCULAR_FIRST;
        }
        throw new IllegalArgumentException("CORR_TYPE " + correlationType
                + " is neither linear (9 to 12) nor circular (5 to 8) and has no place in the payload");
    }
}
