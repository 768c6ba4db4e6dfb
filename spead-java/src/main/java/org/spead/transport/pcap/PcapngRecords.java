package org.spead.transport.pcap;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * The blocks of a pcapng file: section headers, interface descriptions, enhanced and simple packets; others are passed
 * over. Follows draft-ietf-opsawg-pcapng.
 */
final class PcapngRecords implements CaptureRecords {
    /** Type of the block that begins a section; reads the same in both byte orders. */
    static final int SECTION_HEADER = 0x0a0d0d0a;

    /** What of a section header must be there to know its byte order. */
    static final int SECTION_PREFIX_BYTES = 12;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    /** Type, length, and the length again at the end. */
    private static final int BLOCK_BYTES = 12;

    private static final int OPTION_TSRESOL = 9;
    private static final int OPTION_TSOFFSET = 14;

    private final CaptureWindow window;
    private final PcapCounters counters;
    private final CaptureInterfaces interfaces = new CaptureInterfaces();

    PcapngRecords(CaptureWindow window, PcapCounters counters) {
        this.window = window;
        this.counters = counters;
    }

    /** Whether the section header at the window's start, of which the prefix is there, has a known byte order. */
    static boolean isSection(CaptureWindow window) {
        int magic = window.block().getInt(window.start() + 8);
        return magic == BYTE_ORDER_MAGIC || Integer.reverseBytes(magic) == BYTE_ORDER_MAGIC;
    }

    @Override
    public Step next(CapturedFrame frame) throws IOException {
        if (!window.has(BLOCK_BYTES)) {
            return window.available() == 0 ? Step.END : end(PcapFault.TRUNCATED_FILE);
        }
        if (window.block().getInt(window.start()) == SECTION_HEADER) {
            if (!isSection(window)) {
                return damaged();
            }
            boolean bigEndian = window.block().getInt(window.start() + 8) == BYTE_ORDER_MAGIC;
            window.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            interfaces.clear();
        }
        long type = window.unsignedInt(0);
        long length = window.unsignedInt(4);
        if (length < BLOCK_BYTES || length % 4 != 0) {
            return damaged();
        }
        boolean wanted = type == INTERFACE_DESCRIPTION || type == SIMPLE_PACKET || type == ENHANCED_PACKET;
        if (!wanted) {
            return skip(length);
        }
        if (length > window.capacity()) {
            return oversize(type, length);
        }
        if (!window.has((int) length)) {
            return end(PcapFault.TRUNCATED_FILE);
        }
        Step step = block((int) type, (int) length, frame);
        window.advance((int) length);
        return step;
    }

    private Step oversize(long type, long length) throws IOException {
        if (type == INTERFACE_DESCRIPTION) {
            // Its options are lost, but the numbers of the interfaces after it must stay right.
            interfaces.add(window.unsignedShort(8), 0);
        }
        return window.skipRecord(length, counters);
    }

    /** Goes past a block that is not looked into, which may be of any length. */
    private Step skip(long length) throws IOException {
        long position = window.filePosition();
        if (window.skip(length)) {
            return Step.NOTHING;
        }
        if (length <= window.capacity()) {
            return end(PcapFault.TRUNCATED_FILE);
        }
        counters.damaged(position);
        return Step.END;
    }

    private Step block(int type, int length, CapturedFrame frame) {
        return switch (type) {
            case INTERFACE_DESCRIPTION -> describe(length);
            case SIMPLE_PACKET -> simplePacket(length, frame);
            default -> enhancedPacket(length, frame);
        };
    }

    private Step describe(int length) {
        if (length < BLOCK_BYTES + 8) {
            return skipped(PcapFault.BAD_HEADER);
        }
        if (interfaces.count() == CaptureInterfaces.MAX_INTERFACES) {
            return skipped(PcapFault.UNKNOWN_INTERFACE);
        }
        interfaces.add(window.unsignedShort(8), window.unsignedInt(12));
        int end = length - 4;
        int at = 16;
        while (at + 4 <= end) {
            int code = window.unsignedShort(at);
            int size = window.unsignedShort(at + 2);
            int value = at + 4;
            if (code == 0 || value + size > end) {
                break;
            }
            if (code == OPTION_TSRESOL && size == 1) {
                interfaces.lastResolution(window.unsignedByte(value));
            } else if (code == OPTION_TSOFFSET && size == 8) {
                interfaces.lastOffset(window.bits64(value));
            }
            at = value + (size + 3) / 4 * 4;
        }
        return Step.NOTHING;
    }

    private Step enhancedPacket(int length, CapturedFrame frame) {
        if (length < BLOCK_BYTES + 20) {
            return skipped(PcapFault.BAD_HEADER);
        }
        long captured = window.unsignedInt(20);
        if (captured > length - BLOCK_BYTES - 20) {
            return skipped(PcapFault.BAD_HEADER);
        }
        long index = window.unsignedInt(8);
        if (index >= interfaces.count()) {
            return skipped(PcapFault.UNKNOWN_INTERFACE);
        }
        long ticks = window.unsignedInt(12) << 32 | window.unsignedInt(16);
        frame.set(
                interfaces.linkType((int) index),
                window.start() + 28,
                (int) captured,
                window.unsignedInt(24),
                interfaces.nanos((int) index, ticks));
        return Step.FOUND;
    }

    /** Has no length of what was captured: as much as the interface's limit and the block allow. */
    private Step simplePacket(int length, CapturedFrame frame) {
        if (length < BLOCK_BYTES + 4) {
            return skipped(PcapFault.BAD_HEADER);
        }
        if (interfaces.count() == 0) {
            return skipped(PcapFault.UNKNOWN_INTERFACE);
        }
        long original = window.unsignedInt(8);
        long snapLength = interfaces.snapLength(0) == 0 ? Long.MAX_VALUE : interfaces.snapLength(0);
        long captured = Math.min(Math.min(original, snapLength), length - BLOCK_BYTES - 4);
        frame.set(interfaces.linkType(0), window.start() + 12, (int) captured, original, 0);
        return Step.FOUND;
    }

    private Step skipped(PcapFault fault) {
        counters.count(fault);
        return Step.NOTHING;
    }

    private Step damaged() {
        counters.damaged(window.filePosition());
        return Step.END;
    }

    private Step end(PcapFault fault) {
        counters.count(fault);
        return Step.END;
    }
}
