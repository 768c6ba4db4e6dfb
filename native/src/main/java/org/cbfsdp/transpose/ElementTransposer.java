package org.cbfsdp.transpose;

import org.cbfsdp.jni.NativeLibrary;

/** The two ways between heap order and set order; stateless, any thread. */
public final class ElementTransposer {
    /** Bytes of one complex64. */
    static final int VISIBILITY_BYTES = 8;

    /** Bytes of TCI and FD before the visibilities of an element that is made here. */
    private static final int PREFIX_BYTES = 2;

    /** Raised with every change of a native method or its meaning; {@code abi.h} has the same number. */
    private static final int ABI = 1;

    private static final NativeLibrary LIBRARY =
            new NativeLibrary("transpose", ABI, ElementTransposerJni::abi, "it needs nothing but libc");

    private ElementTransposer() {}

    /** Whether the library is there; loads it on the first call. */
    public static boolean isAvailable() {
        return LIBRARY.isAvailable();
    }

    /** Why it is not there, every place that was tried with its cause; null when it is. */
    public static Throwable unavailabilityCause() {
        return LIBRARY.unavailabilityCause();
    }

    /** Whether rows of so many polarisations can be moved. */
    public static boolean handles(int polarisations) {
        return (polarisations == 1 || polarisations == 2 || polarisations == 4) && isAvailable();
    }

    /**
     * Moves all elements into the rows. The first polarisations of an element, as many as a row has, become those of the row;
     * flags are set where FD is 0, if asked, and else cleared; FD is added to the sums.
     *
     * @param firstChannel where in the rows the first channel of the heap goes
     * @throws IllegalArgumentException when the heap does not fit the rows; nothing is moved then
     */
    public static void toSetOrder(HeapElements heap, SetRows rows, int firstChannel, boolean flagWhereFdZero) {
        check(heap, rows, firstChannel);
        ElementTransposerJni.toSetOrder(
                heap.data(),
                heap.channels(),
                heap.baselines(),
                heap.elementBytes(),
                heap.fdOffset(),
                heap.visOffset(),
                rows.visibilities(),
                rows.flags(),
                rows.fdSums(),
                rows.channels(),
                rows.polarisations(),
                firstChannel,
                flagWhereFdZero);
    }

    /**
     * Makes elements {TCI i1 = 0, FD u1, VIS} of the rows. FD is 255, if asked, where any polarisation is not flagged; else 0.
     *
     * @param firstChannel of the rows, becomes the first of the heap
     * @return how many elements had some, but not all, of their polarisations flagged
     * @throws IllegalArgumentException when the heap does not fit the rows; nothing is moved then
     */
    public static long toHeapOrder(SetRows rows, int firstChannel, HeapElements heap, boolean fdFromFlags) {
        check(heap, rows, firstChannel);
        if (heap.fdOffset() != 1
                || heap.visOffset() != PREFIX_BYTES
                || heap.elementBytes() != PREFIX_BYTES + VISIBILITY_BYTES * rows.polarisations()
                || heap.data().isReadOnly()) {
            throw new IllegalArgumentException("cannot make elements of " + heap);
        }
        return ElementTransposerJni.toHeapOrder(
                rows.visibilities(),
                rows.flags(),
                rows.channels(),
                rows.polarisations(),
                firstChannel,
                heap.data(),
                heap.channels(),
                heap.baselines(),
                fdFromFlags);
    }

    private static void check(HeapElements heap, SetRows rows, int firstChannel) {
        long visEnd = heap.visOffset() + (long) VISIBILITY_BYTES * rows.polarisations();
        if (!handles(rows.polarisations())
                || heap.baselines() != rows.baselines()
                || firstChannel < 0
                || heap.channels() > rows.channels() - firstChannel
                || visEnd > heap.elementBytes()) {
            throw new IllegalArgumentException(heap + " does not fit " + rows + " at channel " + firstChannel);
        }
    }
}
