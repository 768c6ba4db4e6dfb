package org.cbfsdp.send;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.cbfsdp.telemetry.view.ProgressReport;

/** Tells a person at a terminal how far the transmission is; tells a pipe nothing. Used by the main thread. */
final class Progress implements AutoCloseable {
    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /** Tells nobody anything. */
    static Progress untold() {
        return new Progress(null);
    }

    /** A bar of {@code totalDumps} when standard error is a terminal. */
    static Progress ofDumps(long totalDumps) {
        if (!ProgressReport.standardErrorIsTerminal()) {
            return untold();
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName("sending")
                .setInitialMax(totalDumps)
                .setUnit(" dumps", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .build());
    }

    /** So many dumps have been handed to all streams. */
    void dumps(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
