package org.cbfsdp.recv;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.cbfsdp.consumer.ConsumerException;
import org.cbfsdp.consumer.ConsumerOptions;
import org.cbfsdp.settings.MsWriterSettings;
import org.cbfsdp.settings.MsWriterSettings.FlagFromFd;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.ReceptionSettings.ConsumerOverflow;

/** Hands each consumer its own settings, and no others. Stateless. */
final class ConsumerSettings {
    private static final String MSWRITER = "mswriter";
    private static final double NANOS_PER_SECOND = 1e9;

    private ConsumerSettings() {}

    /** The options of a consumer: declared ones for mswriter, its own group for anybody else. */
    static ConsumerOptions of(String consumer, ReceiverSettings settings) {
        return consumer.equals(MSWRITER)
                ? new ConsumerOptions(consumer, msWriter(settings))
                : new ConsumerOptions("consumer." + consumer, settings.optionsOf(consumer));
    }

    /**
     * Refuses options for a consumer that is not there.
     *
     * @throws ConsumerException naming the section and what would be right
     */
    static void check(ReceiverSettings settings) {
        for (String name : settings.consumerOptions().keySet()) {
            if (name.equals(MSWRITER)) {
                throw new ConsumerException(
                        "[consumer.mswriter]: the settings of mswriter are in the section [mswriter]");
            }
            if (!settings.reception().consumers().contains(name)) {
                throw new ConsumerException("[consumer." + name + "]: reception.consumer names no " + name + ", only "
                        + String.join(", ", settings.reception().consumers()));
            }
        }
    }

    static QueuePolicy policy(ConsumerOverflow overflow) {
        return switch (overflow) {
            case DROP_NEWEST -> QueuePolicy.DROP_NEWEST;
            case DROP_OLDEST -> QueuePolicy.DROP_OLDEST;
            case BLOCK -> QueuePolicy.BLOCK;
        };
    }

    private static Map<String, String> msWriter(ReceiverSettings settings) {
        MsWriterSettings writer = settings.msWriter();
        Map<String, String> options = new HashMap<>();
        options.put("output", settings.reception().outputPath().toString());
        options.put("overwrite", Boolean.toString(writer.overwrite()));
        options.put("flush_interval", decimal(writer.flushIntervalNanos() / NANOS_PER_SECOND));
        options.put("flag_from_fd", Boolean.toString(writer.flagFromFd() == FlagFromFd.ALWAYS));
        options.put("weight_spectrum", Boolean.toString(writer.weightSpectrum()));
        options.put("tile_bytes", Integer.toString(writer.tileBytes()));
        options.put("time_tolerance", decimal(settings.reception().timeToleranceFraction()));
        writer.telescopeName().ifPresent(name -> options.put("telescope_name", name));
        options.put("per_scan", Boolean.toString(writer.perScan()));
        options.put("max_dumps", Integer.toString(writer.maxDumps()));
        if (!writer.command().isEmpty()) {
            // A word a line: a setting has one line, so that no word has several.
            options.put("command", String.join("\n", writer.command()));
        }
        options.put("command_timeout", decimal(writer.commandTimeoutNanos() / NANOS_PER_SECOND));
        return options;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%s", value);
    }
}
