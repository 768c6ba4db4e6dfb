package org.cbfsdp.recv;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.cbfsdp.consumer.complete.CompleteDumps;
import org.cbfsdp.settings.ReceiverSettings;
import org.spead.agent.Agent;

/**
 * A whole reception as one piece of work, on a thread of its own; {@link #stop()} makes it short. What comes of it may be awaited by
 * any thread.
 */
final class ReceptionAgent implements Agent {
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final CompletableFuture<ReceptionReport> report = new CompletableFuture<>();
    private final CompleteDumps dumps;
    private final ReceiverTelemetry telemetry;
    private final Reception reception;

    ReceptionAgent(ReceiverSettings settings, CompleteDumps dumps) {
        ConsumerCatalog catalog = new ConsumerCatalog(EmbeddedReception.CONSUMER, dumps);
        this.dumps = dumps;
        this.telemetry = new ReceiverTelemetry(settings.telemetry());
        this.reception = new Reception(settings, ready::complete, telemetry, catalog);
    }

    /** Completes when packets can come, exceptionally when they never will. */
    CompletableFuture<String> ready() {
        return ready;
    }

    /** Completes when the reception has ended. */
    CompletableFuture<ReceptionReport> report() {
        return report;
    }

    /** Asks the reception to end. Thread-safe, idempotent. */
    void stop() {
        reception.stop();
    }

    @Override
    public String roleName() {
        return "reception";
    }

    /**
     * The whole reception in one duty cycle: {@link Reception#run} makes, watches and ends its parts in order, as the command line's
     * main thread has it do, and waits in between. Cut into cycles it would be a second way to run it, a state for each wait. The
     * thread serves no other agent that could be kept waiting, and {@link #stop()} stands for the runner's own.
     */
    @Override
    public int doWork() {
        try {
            report.complete(reception.run());
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            ready.completeExceptionally(e);
            report.completeExceptionally(e);
        }
        return DONE;
    }

    /** Whoever waits for a dump learns that none comes, also when the reception never got as far as its consumers. */
    @Override
    public void onClose() {
        dumps.close();
        telemetry.close();
    }
}
