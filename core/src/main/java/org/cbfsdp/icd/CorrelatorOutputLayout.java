package org.cbfsdp.icd;

import java.util.List;
import org.cbfsdp.payload.ElementLayout;
import org.spead.item.Descriptor;
import org.spead.item.NumpyField;
import org.spead.item.NumpyHeader;
import org.spead.item.NumpyType;
import org.spead.item.Shape;

/**
 * The correlator output: item 0x600A, (channels, baselines) of {TCI i1, FD u1, VIS n x complex64 little-endian}.
 *
 * @param element where the parts of an element lie
 * @param shape the dimensions that the descriptor gives
 */
record CorrelatorOutputLayout(ElementLayout element, Shape shape) {
    /** Identifier of the item. */
    static final int ID = 0x600A;

    /** Name of the item. */
    static final String NAME = "correlator_output_data";

    private static final String TCI = "TCI";
    private static final String FD = "FD";
    private static final String VIS = "VIS";

    /** The item as it is sent. */
    static Descriptor descriptor(int channels, int baselines, int polarisations) {
        NumpyType element = NumpyType.structured(List.of(
                new NumpyField(TCI, NumpyType.scalar('|', 'i', 1), Shape.SCALAR, 0),
                new NumpyField(FD, NumpyType.scalar('|', 'u', 1), Shape.SCALAR, 1),
                new NumpyField(
                        VIS,
                        NumpyType.scalar('<', 'c', ElementLayout.VISIBILITY_BYTES),
                        Shape.of(polarisations),
                        ElementLayout.PREFIX_BYTES)));
        return Descriptor.numpy(ID, NAME, "", NumpyHeader.of(element, channels, baselines));
    }

    /**
     * What a sender's descriptor says.
     *
     * @return null when it is not an array of elements with TCI, FD and complex64 VIS in C order
     */
    static CorrelatorOutputLayout of(Descriptor descriptor) {
        if (descriptor.numpyHeader() == null) {
            return null;
        }
        NumpyHeader header = NumpyHeader.parse(descriptor.numpyHeader());
        NumpyField tci = field(header, TCI);
        NumpyField fd = field(header, FD);
        NumpyField vis = field(header, VIS);
        if (header.fortranOrder() || !isByte(tci) || !isByte(fd) || !isComplex64(vis)) {
            return null;
        }
        ElementLayout element = new ElementLayout(
                header.type().itemSizeBytes(),
                tci.offsetBytes(),
                fd.offsetBytes(),
                vis.offsetBytes(),
                vis.elements(),
                vis.type().order() == '>');
        return new CorrelatorOutputLayout(element, header.shape());
    }

    /** Whether an array of these dimensions can be meant. */
    boolean fits(long channels, long baselines) {
        return shape.rank() == 2 && shape.size(0) == channels && shape.size(1) == baselines;
    }

    private static NumpyField field(NumpyHeader header, String name) {
        if (!header.type().isStructured()) {
            return null;
        }
        return header.type().fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static boolean isByte(NumpyField field) {
        return field != null && !field.type().isStructured() && field.sizeBytes() == 1;
    }

    private static boolean isComplex64(NumpyField field) {
        return field != null
                && field.type().kind() == 'c'
                && field.type().itemSizeBytes() == ElementLayout.VISIBILITY_BYTES
                && field.elements() > 0;
    }
}
