package org.cbfsdp.recv;

import java.util.Optional;
import java.util.OptionalInt;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.ReceptionSettings;
import org.cbfsdp.settings.SettingsException;

/**
 * How many streams to expect, and which channels in each as far as that is known. Immutable.
 *
 * @param streamCount streams, and so ports
 * @param plan channels of each stream in the model's numbers, when the model and the division are known
 * @param selection channels of the model that are to come, when the model is known
 * @param channelIdOffset what to add to a payload's channel id to have the model's channel
 */
record ReceptionPlan(
        int streamCount, Optional<StreamPlan> plan, Optional<ChannelRange> selection, int channelIdOffset) {
    private static final int LAST_PORT = 65_535;

    /**
     * The plan that the settings and the model imply, by the sender's own rule.
     *
     * <p>{@code reception.num_ports} alone says nothing of channels; with {@code transmission.channels_per_stream} or
     * {@code transmission.num_streams} beside it, it must agree with them.
     *
     * @throws SettingsException when neither ports nor channels are known, or they contradict each other
     */
    static ReceptionPlan of(ReceiverSettings settings, Optional<TelescopeModel> model) {
        ReceptionSettings reception = settings.reception();
        boolean divided = settings.streams().streamCount().isPresent()
                || settings.streams().channelsPerStream() > 0;
        if (model.isEmpty() || (reception.portCount().isPresent() && !divided)) {
            if (reception.portCount().isEmpty()) {
                throw new SettingsException("the number of streams is not known: give reception.num_ports, or a"
                        + " data model (reception.datamodel) with transmission.channels_per_stream or"
                        + " transmission.num_streams");
            }
            return new ReceptionPlan(
                    reception.portCount().getAsInt(),
                    Optional.empty(),
                    model.map(known -> selection(settings, known.channelCount())),
                    idOffset(settings));
        }
        StreamPlan plan = divide(settings, selection(settings, model.get().channelCount()));
        if (reception.portCount().isPresent() && reception.portCount().getAsInt() != plan.count()) {
            throw new SettingsException("reception.num_ports = "
                    + reception.portCount().getAsInt() + " contradicts the " + plan.count() + " streams that channels "
                    + plan.channels() + " are divided into; leave one of the settings out");
        }
        return new ReceptionPlan(plan.count(), Optional.of(plan), Optional.of(plan.channels()), idOffset(settings));
    }

    private static StreamPlan divide(ReceiverSettings settings, ChannelRange channels) {
        OptionalInt count = settings.streams().streamCount();
        if (count.isPresent() && count.getAsInt() > channels.count()) {
            throw new SettingsException("transmission.num_streams = " + count.getAsInt() + " is more than the "
                    + channels.count() + " channels " + channels + " of the data model; give 1 to " + channels.count());
        }
        StreamPlan plan = StreamPlan.of(channels, settings.streams().channelsPerStream(), count);
        int last = settings.reception().portStart() + plan.count() - 1;
        if (last > LAST_PORT) {
            throw new SettingsException("reception.receiver_port_start = "
                    + settings.reception().portStart() + " is too high: " + plan.count()
                    + " streams would need port " + last + "; the last one is " + LAST_PORT);
        }
        return plan;
    }

    private static int idOffset(ReceiverSettings settings) {
        return switch (settings.payload().channelIdBase()) {
            case SET -> 0;
            case SELECTION -> settings.startChannel();
        };
    }

    private static ChannelRange selection(ReceiverSettings settings, int modelChannels) {
        int first = settings.startChannel();
        if (first >= modelChannels) {
            throw new SettingsException("reader.start_chan = " + first + " is past the last channel of the data"
                    + " model, " + (modelChannels - 1));
        }
        int left = modelChannels - first;
        int wanted = settings.channelCount();
        return new ChannelRange(first, wanted == 0 ? left : Math.min(wanted, left));
    }
}
