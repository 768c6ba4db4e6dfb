package org.spead.transport.pcap;

import java.io.IOException;
import java.nio.file.Path;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/**
 * One capture file for several streams, told apart by the port their packets were sent to.
 *
 * <p>The file is read once, in its order: a source gives packets until one for another port comes, and then nothing until
 * that one has been taken. So no stream runs ahead of the others, however much of the file is whose, and the sources must be
 * asked in turn, by the same thread. A stream that has ended before the file must be {@linkplain #ignore given up}, or its
 * packets would hold up the others. Datagrams to further ports are counted as {@link PcapFault#FILTERED}.
 */
public final class PcapPorts implements AutoCloseable {
    private static final int BATCH_PACKETS = 64;

    /** Room for one packet of any size: there may be hundreds of ports. */
    private static final int BATCH_BYTES = 1 << 17;

    private static final int MOST_RECORDS = 16_384;

    private final CaptureReader reader;
    private final String name;
    private final int firstPort;
    private final boolean[] ignored;
    private int pendingIndex = -1;

    /**
     * Opens a file for {@code count} ports from {@code firstPort} on.
     *
     * @throws IOException when it cannot be opened, or is no capture file; the message says which
     */
    public PcapPorts(Path file, int firstPort, int count) throws IOException {
        if (firstPort < 1 || count < 1 || firstPort + count - 1 > 65_535) {
            throw new IllegalArgumentException(count + " ports from " + firstPort + " on are not within 1 to 65535");
        }
        this.name = file.toString();
        this.firstPort = firstPort;
        this.ignored = new boolean[count];
        this.reader = CaptureReader.open(file);
    }

    /** The packets for port {@code firstPort + index}; closing it closes nothing. */
    public PacketSource source(int index) {
        if (index < 0 || index >= ignored.length) {
            throw new IndexOutOfBoundsException("port " + index + " of " + ignored.length);
        }
        return new Port(index);
    }

    /** Nobody will ask for the packets of this port any more; the reading thread's to call. */
    public void ignore(int index) {
        ignored[index] = true;
        if (pendingIndex == index) {
            reader.counters().count(PcapFault.FILTERED);
            pendingIndex = -1;
        }
    }

    /** What became of the records so far. Any thread. */
    public PcapCounters counters() {
        return reader.counters();
    }

    /** The file, for log lines. */
    public String describe() {
        return "capture " + name;
    }

    /** Closes the file, and with it all sources. Idempotent. */
    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Goes on by one record; false at the end. */
    private boolean advance() throws IOException {
        CaptureRecords.Step step = reader.advance();
        if (step == CaptureRecords.Step.FOUND) {
            int index = reader.datagram().destinationPort() - firstPort;
            if (index >= 0 && index < ignored.length && !ignored[index]) {
                pendingIndex = index;
            } else {
                reader.counters().count(PcapFault.FILTERED);
            }
        }
        return step != CaptureRecords.Step.END;
    }

    private final class Port implements PacketSource {
        private final int index;

        Port(int index) {
            this.index = index;
        }

        @Override
        public PacketBatch newBatch() {
            return new PacketBatch(BATCH_BYTES, BATCH_PACKETS);
        }

        @Override
        public int receive(PacketBatch batch, long timeoutNanos) throws IOException {
            batch.clear();
            for (int records = 0; records < MOST_RECORDS; records++) {
                if (pendingIndex < 0 && !advance()) {
                    return batch.count() == 0 ? END : batch.count();
                }
                if (pendingIndex >= 0) {
                    if (pendingIndex != index || !reader.moveTo(batch)) {
                        return batch.count();
                    }
                    pendingIndex = -1;
                }
            }
            return batch.count();
        }

        @Override
        public String describe() {
            return "port " + (firstPort + index) + " of capture " + name;
        }

        /** The file is the owner's to close. */
        @Override
        public void close() {}
    }
}
