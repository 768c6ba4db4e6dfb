package org.cbfsdp.recv;

import java.util.Optional;
import java.util.function.Supplier;
import org.cbfsdp.katgpucbf.CorrelatorOrder;
import org.cbfsdp.katgpucbf.ElementMemory;
import org.cbfsdp.katgpucbf.SampleClock;
import org.cbfsdp.katgpucbf.XengHeapDecoder;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.SampleClockSettings;
import org.cbfsdp.settings.SettingsException;

/**
 * How the heaps of a reception are laid out ({@code payload.method}), and what follows from it. Immutable.
 *
 * @param readers makes a reader, one a stream
 * @param heapBytes memory for heaps on their way; what they are converted to has the rest of {@code reception.memory}
 * @param hasStartHeaps whether a stream begins with a heap that says so, so that one without it was under way before
 */
record HeapFormat(Supplier<HeapReader> readers, long heapBytes, boolean hasStartHeaps) {
    /** Of four parts of the memory: converted heaps wait for their dumps and for consumers, heaps only for their conversion. */
    private static final int PARTS = 4;

    /**
     * The format that the settings name.
     *
     * @param plan the channels of each stream, when they are known; otherwise none has more than the model
     * @throws SettingsException when the telescope model does not go with it
     */
    static HeapFormat of(ReceiverSettings settings, Optional<TelescopeModel> model, Optional<StreamPlan> plan) {
        long memoryBytes = settings.reception().memoryBytes();
        return settings.sampleClock()
                .map(clock -> ofCorrelator(
                        clock,
                        memoryBytes,
                        order(model),
                        plan.map(StreamPlan::widest)
                                .orElseGet(() -> model.orElseThrow().channelCount())))
                .orElseGet(() -> new HeapFormat(HeapReader::ofInterface, memoryBytes, true));
    }

    private static HeapFormat ofCorrelator(
            SampleClockSettings settings, long memoryBytes, CorrelatorOrder order, int mostChannels) {
        long heapBytes = memoryBytes / PARTS;
        ElementMemory memory = new ElementMemory(memoryBytes - heapBytes, order.elementBytes(mostChannels));
        SampleClock clock =
                new SampleClock(settings.syncUnixSeconds(), settings.samplesPerSecond(), settings.samplesPerDump());
        return new HeapFormat(
                () -> {
                    XengHeapDecoder decoder = new XengHeapDecoder(order, clock, memory);
                    return new HeapReader(decoder::decode, decoder::fault);
                },
                heapBytes,
                false);
    }

    private static CorrelatorOrder order(Optional<TelescopeModel> model) {
        if (model.isEmpty()) {
            throw new SettingsException(
                    "payload.method = katgpucbf needs the order of baselines: name a Measurement Set in"
                            + " reception.datamodel");
        }
        try {
            return CorrelatorOrder.of(model.get().baselines());
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "reception.datamodel does not go with payload.method = katgpucbf: " + e.getMessage(), e);
        }
    }
}
