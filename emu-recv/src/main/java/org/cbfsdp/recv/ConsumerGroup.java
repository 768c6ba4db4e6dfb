package org.cbfsdp.recv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerException;
import org.cbfsdp.consumer.ConsumerProvider;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.ReceptionSettings;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;

/** The consumers of one reception and their threads. Used by the main thread, but for {@link #endOfDumps()}. */
final class ConsumerGroup implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(ConsumerGroup.class);

    private final List<ConsumerAgent> agents = new ArrayList<>();
    private final List<AgentRunner> runners = new ArrayList<>();

    /**
     * Makes the consumers that the settings name.
     *
     * @throws ConsumerException when there is no such consumer, or one needs a model that is not given
     */
    ConsumerGroup(
            ReceiverSettings settings, ConsumerCatalog catalog, Optional<TelescopeModel> model, ReceptionPlan plan) {
        ReceptionSettings reception = settings.reception();
        Optional<Path> dataModel = reception.dataModel();
        ConsumerSettings.check(settings);
        for (String name : reception.consumers()) {
            ConsumerProvider provider = catalog.find(name);
            if (provider.needsTelescopeModel() && model.isEmpty()) {
                throw new ConsumerException("consumer " + name
                        + " needs the observation's metadata: name a Measurement Set in reception.datamodel");
            }
            ConsumerContext context = new ConsumerContext(
                    model, dataModel, plan.plan(), plan.channelIdOffset(), ConsumerSettings.of(name, settings));
            agents.add(new ConsumerAgent(
                    name,
                    provider.create(),
                    context,
                    // A file can wait.
                    reception.pcapFile().isPresent()
                            ? QueuePolicy.BLOCK
                            : ConsumerSettings.policy(reception.consumerOverflow()),
                    reception.consumerQueueDumps(),
                    MemoryShares.of(reception).queueBytes()));
        }
    }

    /**
     * Starts every consumer on a thread of its own and waits until all are ready.
     *
     * @throws ConsumerException when one cannot start
     */
    void start() {
        for (ConsumerAgent agent : agents) {
            AgentRunner runner =
                    new AgentRunner(agent.roleName(), List.of(agent), IdleStrategy.woken(), ConsumerGroup::unexpected);
            agent.onArrival(runner::wake);
            runners.add(runner.start());
        }
        for (ConsumerAgent agent : agents) {
            try {
                agent.started().join();
            } catch (CompletionException e) {
                Throwable cause = e.getCause();
                String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
                throw new ConsumerException("consumer " + agent.name() + " cannot start: " + message, cause);
            }
        }
    }

    /** The consumers, in the order of the settings. */
    List<ConsumerAgent> agents() {
        return List.copyOf(agents);
    }

    /** Their threads, in the same order, once started. */
    List<AgentRunner> threads() {
        return List.copyOf(runners);
    }

    /** Says that no dump will follow. Called by the router thread. */
    void endOfDumps() {
        agents.forEach(ConsumerAgent::endOfDumps);
    }

    /** Whether nobody is left to take dumps. */
    boolean allFailed() {
        return agents.stream().allMatch(agent -> agent.failure() != null);
    }

    /** Whether a dump waits for, or is with, a consumer that still takes them. Any thread. */
    boolean isBusy() {
        return agents.stream().anyMatch(agent -> agent.failure() == null && agent.isBusy());
    }

    /** Waits until every consumer has taken what is queued and closed. */
    void join() throws InterruptedException {
        for (AgentRunner runner : runners) {
            runner.join();
        }
    }

    /** Ends every consumer, whatever is queued. Idempotent. */
    @Override
    public void close() {
        runners.forEach(AgentRunner::close);
    }

    private static void unexpected(Agent agent, Throwable cause) {
        LOG.error("{} failed: {}", agent.roleName(), cause.getMessage(), cause);
    }
}
