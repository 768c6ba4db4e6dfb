package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cbfsdp.settings.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What ends the program: in plain words and by the right exit code. */
class ExplanationTest {
    private final StringWriter errors = new StringWriter();

    @Test
    void shouldNameAFileThatIsNotThere(@TempDir Path folder) {
        Path gone = folder.resolve("gone");
        IOException missing = catchThrowableOfType(IOException.class, () -> Files.readString(gone));
        assertThat(Explanation.plain(missing)).isEqualTo("there is no file " + gone);
    }

    @Test
    void shouldSayWhatTheSystemSaid() {
        assertThat(Explanation.plain(new AccessDeniedException("/a.pcap")))
                .isEqualTo("/a.pcap cannot be opened: permission denied");
        assertThat(Explanation.plain(new FileSystemException("/a.pcap", null, "Too many open files")))
                .isEqualTo("/a.pcap: Too many open files");
    }

    @Test
    void shouldTellAUserOneSentence() {
        assertThat(explain(new SettingsException("reception.memory = 1 is too small")))
                .isEqualTo(ExitCode.UNUSABLE);
        assertThat(errors.toString().lines()).containsExactly("emu-recv: reception.memory = 1 is too small");
    }

    @Test
    void shouldNotBlameTheUserForAFaultOfTheProgram() {
        assertThat(explain(new IllegalArgumentException("a buffer of -1 bytes")))
                .isEqualTo(ExitCode.FAILED);
        assertThat(errors.toString().lines())
                .startsWith("emu-recv: internal error: java.lang.IllegalArgumentException: a buffer of -1 bytes")
                .anyMatch(line -> line.startsWith("\tat org.cbfsdp.recv.ExplanationTest."));
    }

    private int explain(Exception e) {
        CommandLine commandLine = EmuRecv.commandLine();
        commandLine.setErr(new PrintWriter(errors, true));
        return EmuRecv.explain(e, commandLine, null);
    }
}
