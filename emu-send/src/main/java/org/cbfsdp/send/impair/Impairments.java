package org.cbfsdp.send.impair;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.cbfsdp.settings.ImpairSettings;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.TransmissionSettings;
import org.spead.transport.PacketSink;
import org.spead.transport.impair.ImpairedSink;
import org.spead.transport.impair.PacketImpairments;

/**
 * What one transmission does wrong on purpose: puts sinks in front of those of its streams, and none when nothing is set. Each stream
 * has generators of its own, seeded in the order of the streams, so that the same is done whatever the threads do. Used by the
 * main thread, but for the sinks.
 */
public final class Impairments implements AutoCloseable {
    private final ImpairSettings settings;
    private final TransmissionSettings transmission;
    private final DumpTimes dumps;
    private final LongSupplier nanoClock;
    private final SplittableRandom seeds;
    private final List<ImpairedHeaps> streams = new ArrayList<>();
    private final List<ImpairedSink> packetSinks = new ArrayList<>();
    private final ImpairmentLog log;

    /**
     * Opens the log, if there is to be one, but leaves what is in it until {@link #begin}.
     *
     * @param streamCount streams of the transmission
     * @param nanoClock the time that the streams keep
     * @throws SettingsException when there is no such stream or dump, or the log cannot be written
     */
    public Impairments(
            ImpairSettings settings,
            TransmissionSettings transmission,
            DumpTimes dumps,
            int streamCount,
            LongSupplier nanoClock) {
        this.settings = settings;
        this.transmission = transmission;
        this.dumps = dumps;
        this.nanoClock = nanoClock;
        this.seeds = new SplittableRandom(settings.seed());
        requirePlace("stall", settings.stallStream(), settings.stallAfterDumps(), streamCount);
        requirePlace("cut", settings.cutStream(), settings.cutAfterDumps(), streamCount);
        this.log = new ImpairmentLog(settings.log());
    }

    private void requirePlace(String what, OptionalInt stream, long afterDumps, int streamCount) {
        String name = "transmission.impair." + what;
        if (stream.isPresent() && stream.getAsInt() >= streamCount) {
            throw new SettingsException(name + "_stream = " + stream.getAsInt() + ": there is no such stream; give "
                    + (streamCount == 1 ? "0" : "0 to " + (streamCount - 1)));
        }
        if (stream.isPresent() && afterDumps >= dumps.count()) {
            throw new SettingsException(name + "_after = " + afterDumps + ": no more than " + dumps.count()
                    + " dumps are sent; give 0 to " + (dumps.count() - 1));
        }
    }

    /** The sink to be used in place of the next stream's; that one stays whose it is. */
    public PacketSink impair(PacketSink sink) {
        if (!settings.isOn()) {
            return sink;
        }
        int maxPacketBytes = transmission.maxPacketBytes();
        int stream = streams.size();
        StreamLog streamLog = new StreamLog(log, stream, dumps);
        UntouchedHeaps untouched = new UntouchedHeaps(streamLog, maxPacketBytes);
        HeapFates fates = new HeapFates(settings, dumps, transmission.scanId(), seeds.nextLong());
        long packetSeed = seeds.nextLong();
        PacketSink packets = sink;
        if (settings.concernsPackets()) {
            ImpairedSink impaired = new ImpairedSink(sink, ofPackets(settings), packetSeed, untouched, untouched);
            packetSinks.add(impaired);
            packets = impaired;
        }
        StreamBreaks breaks = new StreamBreaks(settings, stream, nanoClock);
        ImpairedHeaps heaps = new ImpairedHeaps(packets, fates, breaks, streamLog, untouched, maxPacketBytes);
        streams.add(heaps);
        return heaps;
    }

    private static PacketImpairments ofPackets(ImpairSettings settings) {
        return new PacketImpairments(
                settings.dropPackets(),
                settings.duplicatePackets(),
                settings.reorderPackets(),
                settings.reorderDistancePackets(),
                settings.corruptPackets());
    }

    /**
     * Empties the log. Called when every stream has its way, and before anything is sent.
     *
     * @throws SettingsException when that cannot be done
     */
    public void begin() {
        log.begin();
    }

    /** What was done how often, in words; empty when nothing was. */
    public String summary() {
        return log.summary();
    }

    /** Why the log does not have everything; known when it is closed. */
    public Optional<IOException> failure() {
        return log.failure();
    }

    /** Gives up what is held back, and completes the log if it was begun. Called when no thread sends any more; idempotent. */
    @Override
    public void close() {
        streams.forEach(ImpairedHeaps::abandon);
        packetSinks.forEach(ImpairedSink::abandon);
        log.close();
    }
}
