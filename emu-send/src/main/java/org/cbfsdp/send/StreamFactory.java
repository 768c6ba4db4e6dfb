package org.cbfsdp.send;

import java.util.List;
import java.util.function.LongSupplier;
import org.cbfsdp.icd.DescriptorPlacement;
import org.cbfsdp.icd.IcdConstants;
import org.cbfsdp.icd.IcdHeapEncoder;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.PolarisationMap;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.settings.PayloadSettings;
import org.cbfsdp.settings.PayloadSettings.ChannelIdBase;
import org.cbfsdp.settings.PayloadSettings.FractionOfData;
import org.cbfsdp.settings.SenderSettings;
import org.cbfsdp.settings.TransmissionSettings;
import org.cbfsdp.settings.TransmissionSettings.Descriptors;
import org.spead.send.SendConfig;
import org.spead.send.SendStream;
import org.spead.transport.PacketSink;

/** Makes the parts between a source and its sinks, the same whatever the sinks are. Used by the main thread. */
final class StreamFactory {
    private final SenderSettings settings;
    private final DumpSource source;
    private final DumpSchedule schedule;
    private final int[] polarisationMap;

    StreamFactory(SenderSettings settings, DumpSource source) {
        this.settings = settings;
        this.source = source;
        this.schedule = new DumpSchedule(
                source, settings.reader().repeatCount(), settings.reader().repeatMode());
        this.polarisationMap = settings.payload().padPolarisations()
                ? PolarisationMap.padded(source.correlationTypes())
                : PolarisationMap.unpadded(source.correlationTypes());
    }

    DumpSchedule schedule() {
        return schedule;
    }

    /** How streams are paced and packets cut, as the settings have it. */
    SendConfig.Builder sendConfig() {
        TransmissionSettings transmission = settings.transmission();
        return SendConfig.builder()
                .maxPacketBytes(transmission.maxPacketBytes())
                .rateBytesPerSecond(transmission.rateBytesPerSecond())
                .burstBytes(Math.max(1, transmission.burstBytes()))
                .maxHeaps(transmission.maxHeaps());
    }

    /** One of the streams of a plan. */
    StreamSender stream(
            int index, StreamPlan plan, SendConfig config, PacketSink sink, LongSupplier nanoClock, Waiting waiting) {
        ChannelRange channels = plan.stream(index);
        TransmissionSettings transmission = settings.transmission();
        int base = source.channels().first();
        int idShift = settings.payload().channelIdBase() == ChannelIdBase.SET ? 0 : base;
        IcdHeapEncoder encoder = new IcdHeapEncoder(
                new ChannelRange(channels.first() - idShift, channels.count()),
                source.baselines().count(),
                polarisationMap.length,
                constants(),
                transmission.descriptors() == Descriptors.START
                        ? DescriptorPlacement.START_HEAP
                        : DescriptorPlacement.EVERY_HEAP);
        return new StreamSender(
                new SendStream("send-" + index, config, sink, nanoClock),
                encoder,
                new ChannelRange(channels.first() - base, channels.count()),
                config.maxHeaps() + 1,
                new DescriptorSchedule(transmission.descriptorIntervalNanos(), index, plan.count(), nanoClock),
                waiting);
    }

    /** What feeds the streams. */
    Packetiser packetiser(List<StreamSender> streams, LongSupplier nanoClock, Waiting waiting) {
        TransmissionSettings transmission = settings.transmission();
        return new Packetiser(
                source,
                schedule,
                new DumpPacer(transmission.dumpPacing(), transmission.dumpIntervalNanos(), nanoClock, waiting),
                streams,
                polarisationMap,
                settings.payload().fractionOfData() == FractionOfData.FLAGS);
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
