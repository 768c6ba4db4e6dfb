package org.cbfsdp.transpose;

import java.nio.ByteBuffer;

/**
 * Elements in heap order, (channel, baseline), element (0, 0) at byte 0.
 *
 * @param data direct
 * @param elementBytes distance from one element to the next
 * @param fdOffset byte of the fraction of data in an element
 * @param visOffset first byte of the visibilities in an element, complex64 in native byte order
 */
public record HeapElements(
        ByteBuffer data, int channels, int baselines, int elementBytes, int fdOffset, int visOffset) {
    public HeapElements {
        if (!data.isDirect()
                || channels < 0
                || baselines < 1
                || elementBytes < 1
                || fdOffset < 0
                || fdOffset >= elementBytes
                || visOffset < 0
                || (long) channels * baselines > data.limit() / elementBytes) {
            throw new IllegalArgumentException(channels + " channels x " + baselines + " baselines of " + elementBytes
                    + " bytes (FD at " + fdOffset + ", VIS at " + visOffset + ") in " + data);
        }
    }
}
