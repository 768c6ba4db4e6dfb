package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsMarkdownTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    @Test
    void shouldBeThePageInTheDocumentation() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/settings.md")))
                .as("docs/settings.md is not what the declared settings make of it; run ./docs/generate.sh")
                .isEqualTo(SettingsMarkdown.render());
    }

    @Test
    void shouldHaveOneRowForEachSetting() {
        String page = SettingsMarkdown.render();
        assertThat(page.lines().filter(line -> line.startsWith("| `")))
                .hasSize((int) SettingsSchema.settings().count());
        assertThat(page)
                .contains("| `rate` | `1073741824` | integer [bytes/s]: 0 to 4611686018427387904 | ")
                .contains("| `receiver_port_start` (alias `port_start`) | ");
        assertThat(page.lines().filter(line -> line.startsWith("| `")))
                .allSatisfy(row -> assertThat(row.split("(?<!\\\\)\\|", -1)).hasSize(7));
    }

    @Test
    void shouldPrintWithNothingButTheModuleOnTheClassPath() throws IOException, InterruptedException {
        // This is how docs/generate.sh runs it, in a locale that knows ASCII only.
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                ROOT.resolve("core/target/classes").toString(),
                SettingsMarkdown.class.getName());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String page = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(page).isEqualTo(SettingsMarkdown.render());
    }
}
