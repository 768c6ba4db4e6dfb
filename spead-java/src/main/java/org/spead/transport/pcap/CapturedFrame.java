package org.spead.transport.pcap;

/** A frame of a capture file, in the window; valid until the next record is read. Confined to the reading thread. */
final class CapturedFrame {
    int linkType;
    int offset;
    int capturedBytes;
    long originalBytes;
    long timestampNanos;

    void set(int newLinkType, int newOffset, int newCapturedBytes, long newOriginalBytes, long newTimestampNanos) {
        linkType = newLinkType;
        offset = newOffset;
        capturedBytes = newCapturedBytes;
        originalBytes = newOriginalBytes;
        timestampNanos = newTimestampNanos;
    }

    boolean isTruncated() {
        return capturedBytes < originalBytes;
    }
}
