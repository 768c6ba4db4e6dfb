package org.cbfsdp.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows, typed as it stands there. */
class ReadmeIT {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path DISTRIBUTION = Path.of(System.getProperty("distribution.home"));
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)");

    @TempDir
    Path folder;

    private String readme;

    @BeforeEach
    void read() throws IOException {
        readme = Files.readString(ROOT.resolve("README.md"));
    }

    @Test
    void shouldLinkToFilesThatAreThere() {
        assertThat(LINK.matcher(readme).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(target -> assertThat(ROOT.resolve(target)).exists());
    }

    @Test
    void shouldShowAConsumerThatCompilesAndCountsDumps() throws Exception {
        compile("DumpCounter");
        extractSample();
        int port = FreePorts.first(1);
        Path log = folder.resolve("receiver.log");
        ProcessBuilder receiver = program(
                        "emu-recv",
                        "-o",
                        "reception.datamodel=low8_both_4pol.ms",
                        "-o",
                        "reception.consumer=example.DumpCounter",
                        "-o",
                        "reception.receiver_port_start=" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        receiver.environment().put("CBFSDP_CLASSPATH", "classes");
        Process receiving = receiver.start();
        try {
            Awaiting.line(receiving, log, "Ready: ");
            Outcome sent = Outcome.of(program(
                    "emu-send",
                    "-o",
                    "transmission.target_port_start=" + port,
                    "-o",
                    "transmission.rate=20000000",
                    "low8_both_4pol.ms"));
            assertThat(sent.exitCode()).as(sent.output()).isZero();

            Awaiting.line(receiving, log, "counted 12 dumps");
        } finally {
            receiving.destroy();
        }
    }

    @Test
    void shouldShowAProgramThatAsksForDumps() throws Exception {
        compile("FirstDumps");
        extractSample();
        int port = FreePorts.first(1);
        Path log = folder.resolve("program.log");
        Process asking = new ProcessBuilder(
                        tool("java"),
                        "-cp",
                        "classes:" + DISTRIBUTION + "/lib/*",
                        "example.FirstDumps",
                        "reception.datamodel=low8_both_4pol.ms",
                        "reception.receiver_port_start=" + port)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Awaiting.line(asking, log, "Ready");
            Outcome sent = Outcome.of(program(
                    "emu-send",
                    "-o",
                    "transmission.target_port_start=" + port,
                    "-o",
                    "transmission.rate=20000000",
                    "low8_both_4pol.ms"));
            assertThat(sent.exitCode()).as(sent.output()).isZero();

            Awaiting.line(asking, log, "First: ");
            assertThat(asking.waitFor()).as(Files.readString(log)).isZero();
        } finally {
            asking.destroy();
        }
    }

    private void compile(String className) throws IOException, InterruptedException {
        Matcher block = Pattern.compile("```java\n((?:(?!```).)*class " + className + ".*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertThat(block.find()).isTrue();
        String file = className + ".java";
        Files.writeString(folder.resolve(file), block.group(1));
        Outcome compiled = Outcome.of(
                new ProcessBuilder(tool("javac"), "-Xlint:all", "-cp", DISTRIBUTION + "/lib/*", "-d", "classes", file)
                        .directory(folder.toFile()));
        assertThat(compiled.exitCode()).as(compiled.output()).isZero();
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private void extractSample() throws IOException, InterruptedException {
        Path archive = ROOT.resolve("quickstart/samples/low8_both_4pol.ms.tar.xz");
        Outcome extracted =
                Outcome.of(new ProcessBuilder("tar", "-xJf", archive.toString()).directory(folder.toFile()));
        assertThat(extracted.exitCode()).as(extracted.output()).isZero();
    }

    private ProcessBuilder program(String name, String... arguments) {
        ProcessBuilder builder =
                new ProcessBuilder(DISTRIBUTION.resolve("bin").resolve(name).toString());
        builder.command().addAll(List.of(arguments));
        return builder.directory(folder.toFile());
    }
}
