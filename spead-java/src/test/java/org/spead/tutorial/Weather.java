package org.spead.tutorial;

import org.spead.item.Descriptor;
import org.spead.item.FormatField;
import org.spead.item.NumpyHeader;
import org.spead.item.NumpyType;
import org.spead.item.Shape;

/** What the tutorial's programs send to each other: the items of a weather station. */
final class Weather {
    static final Descriptor SECONDS =
            Descriptor.format(0x1000, "seconds", "time since the start", Shape.SCALAR, new FormatField('u', 32));
    static final Descriptor CELSIUS = Descriptor.numpy(
            0x1001, "celsius", "temperature at four masts", NumpyHeader.of(NumpyType.scalar('<', 'f', 4), 4));
    static final Descriptor REMARK = Descriptor.format(
            0x1002, "remark", "what the observer says", Shape.of(Shape.VARIABLE), new FormatField('c', 8));

    private Weather() {}
}
