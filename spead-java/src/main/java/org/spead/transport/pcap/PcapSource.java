package org.spead.transport.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/**
 * Gives the UDP payloads of a capture file as packets, as fast as they are asked for, and ends with the file.
 *
 * <p>Reads pcap of both byte orders, in micro- or nanoseconds, and pcapng of any number of sections and interfaces. Link
 * layers: Ethernet, Linux cooked (both versions), raw IP, BSD loopback. Frames with VLAN tags, also several, are read like
 * others, which spead2 does not do; so is IPv6. What gives no packet (other protocols, fragments, frames captured in
 * part) is counted under its {@link PcapFault}. A datagram that the capturing machine had merged from several, as its
 * network card does when asked to, is one packet here and will be refused by a SPEAD receiver.
 *
 * <p>Confined to one thread, but for {@link #counters()}. Makes no garbage.
 */
public final class PcapSource implements PacketSource {
    private static final int BATCH_PACKETS = 64;
    private static final int BATCH_BYTES = 1 << 18;

    /** After so many records a call returns, whether it found packets or not, so that a stop is noticed. */
    private static final int MOST_RECORDS = 16_384;

    private final CaptureReader reader;
    private final String description;
    private final int wantedPort;
    private final byte[] wantedAddress;
    private boolean pending;

    /** Opens a file for all its datagrams. */
    public PcapSource(Path file) throws IOException {
        this(file, PcapFilter.ALL);
    }

    /**
     * Opens a file, or a pipe.
     *
     * @throws IOException when it cannot be opened, or is no capture file; the message says which
     */
    public PcapSource(Path file, PcapFilter filter) throws IOException {
        this(CaptureReader.open(file), file.toString(), filter);
    }

    /** Reads a channel through a window of one's own. */
    PcapSource(ReadableByteChannel channel, String name, PcapFilter filter, ByteBuffer window) throws IOException {
        this(new CaptureReader(channel, name, window), name, filter);
    }

    private PcapSource(CaptureReader reader, String name, PcapFilter filter) {
        this.reader = reader;
        this.description = "capture " + name;
        this.wantedPort = filter.destinationPort();
        this.wantedAddress =
                filter.destinationAddress().map(address -> address.getAddress()).orElse(null);
    }

    @Override
    public PacketBatch newBatch() {
        return new PacketBatch(BATCH_BYTES, BATCH_PACKETS);
    }

    /**
     * Fills the batch from the file. Never waits; returns 0 when a long part of the file held nothing wanted.
     *
     * @throws IOException when the file cannot be read any more; never for what it holds
     */
    @Override
    public int receive(PacketBatch batch, long timeoutNanos) throws IOException {
        batch.clear();
        for (int records = 0; records < MOST_RECORDS; records++) {
            if (!pending) {
                CaptureRecords.Step step = reader.advance();
                if (step == CaptureRecords.Step.END) {
                    return batch.count() == 0 ? END : batch.count();
                }
                pending = step == CaptureRecords.Step.FOUND && isWanted();
            }
            if (pending) {
                if (!reader.moveTo(batch)) {
                    return batch.count();
                }
                pending = false;
            }
        }
        return batch.count();
    }

    private boolean isWanted() {
        DatagramFinder datagram = reader.datagram();
        boolean wanted = (wantedPort == 0 || datagram.destinationPort() == wantedPort)
                && (wantedAddress == null || datagram.isSentTo(wantedAddress));
        if (!wanted) {
            reader.counters().count(PcapFault.FILTERED);
        }
        return wanted;
    }

    /** When the frame read last was captured, in nanoseconds since 1970; 0 when the file does not say. */
    public long timestampNanos() {
        return reader.timestampNanos();
    }

    /** What became of the records so far. Any thread. */
    public PcapCounters counters() {
        return reader.counters();
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
