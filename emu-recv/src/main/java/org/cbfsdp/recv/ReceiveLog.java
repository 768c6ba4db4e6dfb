package org.cbfsdp.recv;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.spead.packet.PacketFault;
import org.spead.recv.FaultListener;
import org.spead.recv.HeapFault;

/** Logs what a stream refuses; the stream itself sees to it that this is at most a line a second and fault. */
final class ReceiveLog implements FaultListener {
    private static final Logger LOG = LogManager.getLogger(ReceiveLog.class);

    private final int stream;
    private final int mostHeapBytes;
    private boolean isTooLongTold;

    ReceiveLog(int stream, int mostHeapBytes) {
        this.stream = stream;
        this.mostHeapBytes = mostHeapBytes;
    }

    @Override
    public void packetFault(PacketFault fault, long total, String source) {
        LOG.warn("stream {}: packet refused: {} ({} so far, last from {})", stream, fault.text(), total, source);
    }

    @Override
    public void heapFault(HeapFault fault, long total, String source) {
        if (fault == HeapFault.TOO_LONG && !isTooLongTold) {
            isTooLongTold = true;
            LOG.warn(
                    "stream {}: heaps of more than {} bytes are refused; reception.memory is too small for them, or the"
                            + " sender is none of ours",
                    stream,
                    mostHeapBytes);
        }
        LOG.debug("stream {}: packet refused: {} ({} so far, last from {})", stream, fault.text(), total, source);
    }

    @Override
    public void sourceLost(String source, Exception cause) {
        LOG.error("stream {}: {} is lost: {}", stream, source, cause.getMessage());
    }
}
