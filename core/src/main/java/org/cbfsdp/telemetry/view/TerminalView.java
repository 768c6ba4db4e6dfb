package org.cbfsdp.telemetry.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cbfsdp.telemetry.status.ProgramStatus;
import org.cbfsdp.telemetry.status.StatusSnapshot;
import org.cbfsdp.telemetry.status.StatusSnapshot.Rate;

/** The status as a block of plain text: a head line, a table of streams, the queues. No escape codes. */
public final class TerminalView {
    private static final List<String> HEADINGS =
            List.of("stream", "heaps", "heaps/s", "Gb/s", "missing", "incomplete", "refused", "state", "place");

    /** Texts are set to the left, numbers to the right. */
    private static final List<Integer> LEFT = List.of(0, 7, 8);

    private TerminalView() {}

    /** Lines that each end in a line feed. */
    public static String render(StatusSnapshot snapshot) {
        StringBuilder block = new StringBuilder(512);
        block.append(LineView.render(snapshot)).append('\n');
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        List<ProgramStatus.Stream> streams = snapshot.status().streams();
        for (int i = 0; i < streams.size(); i++) {
            rows.add(row(streams.get(i), snapshot.rates().get(i)));
        }
        if (streams.size() > 1) {
            rows.add(row(snapshot.total(), snapshot.totalRate()));
        }
        table(block, rows);
        for (ProgramStatus.Queue queue : snapshot.status().queues()) {
            block.append("queue ")
                    .append(queue.name())
                    .append(": ")
                    .append(queue.queued())
                    .append(" of ")
                    .append(queue.capacity())
                    .append(", ")
                    .append(queue.dropped())
                    .append(" dropped\n");
        }
        return block.toString();
    }

    private static List<String> row(ProgramStatus.Stream stream, Rate rate) {
        return List.of(
                stream.label(),
                Long.toString(stream.heaps()),
                String.format(Locale.ROOT, "%.1f", rate.heapsPerSecond()),
                String.format(Locale.ROOT, "%.3f", rate.bytesPerSecond() * 8 / 1e9),
                Long.toString(stream.missingHeaps()),
                Long.toString(stream.incompleteHeaps()),
                Long.toString(stream.refusedHeaps()),
                stream.ended() ? "ended" : "open",
                stream.place());
    }

    private static void table(StringBuilder block, List<List<String>> rows) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int index = column;
                int width = rows.stream()
                        .mapToInt(other -> other.get(index).length())
                        .max()
                        .orElse(0);
                String padding = " ".repeat(width - row.get(column).length());
                boolean left = LEFT.contains(column);
                line.append("  ")
                        .append(left ? "" : padding)
                        .append(row.get(column))
                        .append(left ? padding : "");
            }
            block.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
