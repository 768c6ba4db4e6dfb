package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.Test;

/** What a program logs with config/log4j2-json.xml, in a JVM of its own. */
class JsonLoggingTest {
    @Test
    void shouldLogOneObjectALine() throws IOException, InterruptedException {
        Path config = Path.of(System.getProperty("project.root"), "config", "log4j2-json.xml");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlog4j2.configurationFile=" + config,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(text.lines()).as(text).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(text.lines().findFirst().orElseThrow());
        assertThat(first.get("log.level").asText()).isEqualTo("WARN");
        assertThat(first.get("message").asText()).isEqualTo("3 heaps\nmissing");
        JsonNode second =
                new ObjectMapper().readTree(text.lines().skip(1).findFirst().orElseThrow());
        assertThat(second.get("error.message").asText()).isEqualTo("broken on purpose");
    }

    /** Logs a line that has two, and an exception; what is below the level is left out. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            LogManager.getLogger("test").warn("{} heaps\nmissing", 3);
            LogManager.getLogger("test").debug("not shown");
            LogManager.getLogger("test").error("failed", new IllegalStateException("broken on purpose"));
        }
    }
}
