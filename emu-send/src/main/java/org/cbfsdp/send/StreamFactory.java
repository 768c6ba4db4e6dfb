package org.cbfsdp.send;

import java.util.List;
import java.util.function.Supplier;
import org.cbfsdp.icd.DescriptorPlacement;
import org.cbfsdp.icd.IcdConstants;
import org.cbfsdp.icd.IcdHeapEncoder;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.PolarisationMap;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.settings.PayloadSettings;
import org.cbfsdp.settings.PayloadSettings.ChannelIdBase;
import org.cbfsdp.settings.PayloadSettings.FractionOfData;
import org.cbfsdp.settings.SenderSettings;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.StreamDivision;
import org.cbfsdp.settings.TransmissionSettings;
import org.cbfsdp.settings.TransmissionSettings.Descriptors;
import org.spead.send.SendConfig;
import org.spead.send.SendStream;
import org.spead.transport.PacketSink;

/** Makes the parts between a source and its sinks, the same whatever the sinks are. Used by the main thread. */
final class StreamFactory {
    /** A start or an end, and descriptors that are sent again, beside the data. */
    private static final int OTHER_HEAPS = 3;

    /** What a busy machine held back is to be made good before it happens again. */
    private static final double CATCH_UP_RATIO = 1.25;

    private final SenderSettings settings;
    private final DumpSource source;
    private final DumpSchedule schedule;
    private final StreamPlan plan;
    private final Circulation circulation;
    private final int[] polarisationMap;

    /**
     * Checks what the settings make of the source.
     *
     * @throws SettingsException when they cannot be used with it
     */
    StreamFactory(SenderSettings settings, DumpSource source) {
        this.settings = settings;
        this.source = source;
        this.schedule = new DumpSchedule(
                source, settings.reader().repeatCount(), settings.reader().repeatMode());
        requireTimes();
        this.plan = plan(settings.transmission().streams(), source.channels());
        this.polarisationMap = polarisationMap(settings.payload(), source.correlationTypes());
        this.circulation =
                Circulation.of(settings.reader(), settings.transmission().maxHeaps(), source.dumpCount(), dumpBytes());
    }

    /** The first and the last time have to fit the interface; those between do then. */
    private void requireTimes() {
        try {
            PayloadTime.ticksOfMjdSeconds(schedule.timeMjdSeconds(0));
            PayloadTime.ticksOfMjdSeconds(schedule.timeMjdSeconds(schedule.count() - 1));
        } catch (IllegalArgumentException e) {
            throw new SettingsException(e.getMessage() + " (" + source.describe() + ", reader.num_repeats)", e);
        }
    }

    private static StreamPlan plan(StreamDivision division, ChannelRange channels) {
        int streams = division.streamCount().orElse(1);
        if (streams > channels.count()) {
            throw new SettingsException("transmission.num_streams = " + streams + " is more than the "
                    + channels.count() + " channels that are read; give 1 to " + channels.count());
        }
        return StreamPlan.of(channels, division.channelsPerStream(), division.streamCount());
    }

    private static int[] polarisationMap(PayloadSettings payload, int[] correlationTypes) {
        try {
            return payload.padPolarisations()
                    ? PolarisationMap.padded(correlationTypes)
                    : PolarisationMap.unpadded(correlationTypes);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(e.getMessage() + " (payload.pad_polarisations)", e);
        }
    }

    private long dumpBytes() {
        return heapBytes(source.channels());
    }

    private long heapBytes(ChannelRange channels) {
        return (long) channels.count()
                * source.baselines().count()
                * ElementLayout.standard(polarisationMap.length).elementBytes();
    }

    DumpSchedule schedule() {
        return schedule;
    }

    StreamPlan plan() {
        return plan;
    }

    /** Visibilities in each data heap of a stream of the plan. */
    long visibilitiesPerHeap(int stream) {
        return (long) plan.stream(stream).count() * source.baselines().count() * polarisationMap.length;
    }

    /** One of the streams of the plan. */
    StreamSender stream(int index, Medium medium, PacketSink sink) {
        ChannelRange channels = plan.stream(index);
        TransmissionSettings transmission = settings.transmission();
        SendStream stream = new SendStream("send-" + index, sendConfig(medium), sink, medium::nanoTime);
        DescriptorSchedule descriptors =
                new DescriptorSchedule(transmission.descriptorIntervalNanos(), index, plan.count(), medium::nanoTime);
        return inMemory(() -> new StreamSender(
                stream,
                encoder(channels),
                new ChannelRange(channels.first() - source.channels().first(), channels.count()),
                circulation.mostInFlight(),
                circulation.heapCount(),
                descriptors,
                new StreamLag(transmission.rateBytesPerSecond(), heapBytes(channels), medium::nanoTime),
                medium.waiting()));
    }

    private SendConfig sendConfig(Medium medium) {
        TransmissionSettings transmission = settings.transmission();
        return SendConfig.builder()
                .maxPacketBytes(transmission.maxPacketBytes())
                .rateBytesPerSecond(transmission.rateBytesPerSecond())
                .burstBytes(Math.max(1, transmission.burstBytes()))
                .burstRateRatio(CATCH_UP_RATIO)
                .earlyNanos(medium.earlyNanos(transmission.rateBytesPerSecond()))
                .maxHeaps(circulation.mostInFlight() + OTHER_HEAPS)
                .build();
    }

    private IcdHeapEncoder encoder(ChannelRange channels) {
        int idShift = settings.payload().channelIdBase() == ChannelIdBase.SET
                ? 0
                : source.channels().first();
        try {
            return new IcdHeapEncoder(
                    new ChannelRange(channels.first() - idShift, channels.count()),
                    source.baselines().count(),
                    polarisationMap.length,
                    constants(),
                    settings.transmission().descriptors() == Descriptors.START
                            ? DescriptorPlacement.START_HEAP
                            : DescriptorPlacement.EVERY_HEAP);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(e.getMessage() + " (transmission.channels_per_stream)", e);
        }
    }

    /** What feeds the streams. */
    Packetiser packetiser(List<StreamSender> streams, Medium medium) {
        TransmissionSettings transmission = settings.transmission();
        return inMemory(() -> new Packetiser(
                source,
                schedule,
                new DumpPacer(
                        transmission.dumpPacing(),
                        transmission.dumpIntervalNanos(),
                        medium::nanoTime,
                        medium.waiting()),
                streams,
                polarisationMap,
                settings.payload().fractionOfData() == FractionOfData.FLAGS));
    }

    /** Data are in direct buffers, which the virtual machine grants up to a limit. */
    private <T> T inMemory(Supplier<T> parts) {
        try {
            return parts.get();
        } catch (OutOfMemoryError e) {
            throw new SettingsException(
                    "there is not enough memory: a dump takes " + dumpBytes() + " bytes, and " + circulation.heapCount()
                            + " of them are kept; lower transmission.max_heaps or reader.cache_size, or read fewer"
                            + " channels (reader.num_chan): " + e.getMessage(),
                    e);
        }
    }

    private IcdConstants constants() {
        PayloadSettings payload = settings.payload();
        return new IcdConstants(
                payload.polarisationId(),
                payload.phaseBinId(),
                payload.phaseBinCount(),
                settings.transmission().scanId(),
                settings.transmission().hardwareId());
    }
}
