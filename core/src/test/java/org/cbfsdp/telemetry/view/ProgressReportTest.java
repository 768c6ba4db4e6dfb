package org.cbfsdp.telemetry.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cbfsdp.telemetry.Examples;
import org.cbfsdp.telemetry.status.ProgramState;
import org.cbfsdp.telemetry.status.StatusSnapshot;
import org.junit.jupiter.api.Test;

class ProgressReportTest {
    private static final StatusSnapshot SNAPSHOT = Examples.snapshot(ProgramState.RUNNING);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void shouldWriteALineEachIntoAPipe() {
        try (ProgressReport report = new ProgressReport(out, false)) {
            report.show(SNAPSHOT);
            report.show(SNAPSHOT);
        }
        String line = LineView.render(SNAPSHOT);
        assertThat(text().lines()).containsExactly(line, line);
        assertThat(text()).doesNotContain("\u001b");
    }

    @Test
    void shouldRefreshOneBlockOnATerminalAndKeepWhatOthersWrite() {
        List<String> block = TerminalView.render(SNAPSHOT).lines().toList();
        try (ProgressReport report = new ProgressReport(out, true)) {
            report.show(SNAPSHOT);
            report.show(SNAPSHOT);
            assertThat(screen()).startsWith("").containsSubsequence(block).hasSize(block.size() + 1);
            out.println("a line of the log");
            report.show(SNAPSHOT);
            assertThat(screen()).startsWith("a line of the log", "").endsWith(block.toArray(String[]::new));
        }
        out.println("Received all");
        assertThat(screen()).containsExactly("a line of the log", "Received all");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What a terminal shows: carriage return, line feed, cursor up, and erase below are all it knows. */
    private List<String> screen() {
        List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
        int row = 0;
        int column = 0;
        String text = text();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                column = 0;
            } else if (c == '\n') {
                column = 0;
                row++;
                if (row == rows.size()) {
                    rows.add(new StringBuilder());
                }
            } else if (c == '\u001b') {
                int end = text.charAt(i + 2) == 'J' ? i + 2 : text.indexOf('A', i);
                if (text.charAt(end) == 'J') {
                    rows.get(row).setLength(column);
                    rows.subList(row + 1, rows.size()).clear();
                } else {
                    row -= Integer.parseInt(text.substring(i + 2, end));
                }
                i = end;
            } else {
                StringBuilder line = rows.get(row);
                if (column < line.length()) {
                    line.setCharAt(column, c);
                } else {
                    line.append(c);
                }
                column++;
            }
        }
        return rows.stream()
                .map(StringBuilder::toString)
                .limit(rows.get(rows.size() - 1).length() == 0 ? rows.size() - 1 : rows.size())
                .toList();
    }
}
