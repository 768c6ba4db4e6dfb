package org.cbfsdp.consumer;

import java.nio.file.Path;
import java.util.Optional;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.TelescopeModel;

/**
 * What a consumer is told when it starts. Immutable and thread-safe.
 *
 * @param telescopeModel the observation's metadata, when {@code reception.datamodel} was given
 * @param dataModelPath the Measurement Set that the model was read from, closed by now
 * @param plan channels of each stream in the model's numbers, when they are known beforehand
 * @param channelIdOffset what to add to a payload's channel id to have the model's channel
 * @param options the consumer's own settings
 */
public record ConsumerContext(
        Optional<TelescopeModel> telescopeModel,
        Optional<Path> dataModelPath,
        Optional<StreamPlan> plan,
        int channelIdOffset,
        ConsumerOptions options) {}
