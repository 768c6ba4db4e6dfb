package org.cbfsdp.recv;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.consumer.complete.CompleteDumps;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.SettingsException;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;

/**
 * A reception inside another program, which asks for dumps in place of being called:
 *
 * <pre>{@code
 * ReceiverSettings settings = new SettingsLoader()
 *         .option("reception.datamodel=my.ms")
 *         .option("reception.consumer=program")
 *         .loadReceiver();
 * try (EmbeddedReception reception = EmbeddedReception.start(settings, new CompleteDumps())) {
 *     VisibilityDump dump = reception.dumps().next();
 * }
 * }</pre>
 *
 * <p>The program's dumps are the consumer {@code program}; others may stand beside it in {@code reception.consumer}. It ends as
 * {@code emu-recv} does, and then {@link #dumps()} has no more. Thread-safe.
 */
public final class EmbeddedReception implements AutoCloseable {
    /** The name of the program's own consumer in {@code reception.consumer}. */
    public static final String CONSUMER = "program";

    private static final Logger LOG = LogManager.getLogger(EmbeddedReception.class);

    private final CompleteDumps dumps;
    private final ReceptionAgent agent;
    private final AgentRunner runner;

    private EmbeddedReception(ReceiverSettings settings, CompleteDumps dumps) {
        this.dumps = dumps;
        this.agent = new ReceptionAgent(settings, dumps);
        this.runner =
                new AgentRunner(agent.roleName(), List.of(agent), IdleStrategy.woken(), EmbeddedReception::unexpected);
    }

    /**
     * Begins to receive, on threads of its own; packets can come when this returns.
     *
     * @param dumps new, and for this reception only
     * @throws SettingsException when the settings cannot be used, or do not name the consumer {@value #CONSUMER}
     * @throws org.cbfsdp.consumer.ConsumerException when the dumps are those of another reception, which goes on as if nothing were,
     *     or when a consumer cannot be had
     * @throws org.cbfsdp.telemetry.status.TelemetryException when telemetry cannot be served, as when its address is in use
     * @throws IOException when a socket cannot be bound, or a capture cannot be used
     */
    public static EmbeddedReception start(ReceiverSettings settings, CompleteDumps dumps)
            throws IOException, InterruptedException {
        List<String> names = settings.reception().consumers();
        if (!names.contains(CONSUMER)) {
            throw new SettingsException("reception.consumer = " + String.join(", ", names)
                    + " does not name the program that asks for dumps; add " + CONSUMER);
        }
        dumps.claim();
        EmbeddedReception reception = new EmbeddedReception(settings, dumps);
        reception.runner.start();
        boolean ready = false;
        try {
            reception.agent.ready().get();
            ready = true;
            return reception;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw unchecked(e.getCause());
        } finally {
            if (!ready) {
                reception.close();
            }
        }
    }

    /** What it receives. */
    public CompleteDumps dumps() {
        return dumps;
    }

    /** Waits until the reception has ended by itself and every dump has been taken, and returns the report that emu-recv prints. */
    public String awaitReport() throws InterruptedException {
        try {
            return agent.report().get().render();
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    /**
     * Ends the reception if it is still under way; dumps that were not taken are let go. Waits until the other consumers have taken
     * what is queued for them and have closed: mswriter does so when {@code mswriter.command} has run on every set. Idempotent.
     */
    @Override
    public void close() {
        dumps.stop();
        agent.stop();
        runner.close();
    }

    private static RuntimeException unchecked(Throwable cause) {
        return cause instanceof RuntimeException own
                ? own
                : new IllegalStateException("the reception failed: " + cause.getMessage(), cause);
    }

    private static void unexpected(Agent agent, Throwable cause) {
        LOG.error("{} failed: {}", agent.roleName(), cause.getMessage(), cause);
    }
}
