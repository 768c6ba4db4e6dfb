package org.casacore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cbfsdp.jni.NativeLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java classes work without the library until it is needed, and then say what is wrong with it. */
class LoadClassTest {
    private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();

    @TempDir
    private Path directory;

    private static Path library() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES.resolve("META-INF").resolve("native"))) {
            return files.filter(file -> file.endsWith("libcbfsdp_casacore.so"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> probe(Path library) {
        return ChildJvm.run(List.of("-Dcbfsdp.native.casacore=" + library), Probe.class);
    }

    @Test
    void shouldInitialiseEveryClassWithoutTheLibrary() {
        Path missing = directory.resolve("missing.so");
        List<String> lines = probe(missing);

        assertThat(lines.get(0)).matches("initialised [1-9][0-9] classes");
        assertThat(lines.get(1)).isEqualTo("available false");
        assertThat(lines.get(2))
                .isEqualTo("libcbfsdp_casacore.so cannot be used: system property cbfsdp.native.casacore names "
                        + missing + ", which is no file");
        assertThat(lines.get(3)).isEqualTo("open UnsatisfiedLinkError: " + lines.get(2));
    }

    @Test
    void shouldSayThatAFileIsNoLibrary() throws IOException {
        Path text = Files.writeString(directory.resolve("text.so"), "not a library");
        assertThat(probe(text).get(2)).contains(text + " (system property", "not a shared library for this machine");
    }

    @Test
    void shouldSayThatALibraryIsAnother() {
        Path other = Path.of(System.getProperty("java.home"), "lib", "libzip.so");
        assertThat(probe(other).get(2)).contains(other.toString(), "is a library, but not the casacore bridge");
    }

    @Test
    void shouldSayWhatToInstallWhenCasacoreIsMissing() throws IOException {
        String bytes = Files.readString(library(), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains("libcasa_tables.so.");
        Path orphan = Files.writeString(
                directory.resolve("orphan.so"),
                bytes.replace("libcasa_tables.so.", "libcasa_absent.so."),
                StandardCharsets.ISO_8859_1);
        assertThat(probe(orphan).get(2))
                .contains(
                        "lacks a library it needs",
                        "./setup.sh or: apt-get install casacore-dev",
                        "libcasa-tables7",
                        "libcasa_absent.so.");
    }

    @Test
    void shouldRefuseAnotherBoundaryVersion() {
        Casacore.ensureAvailable();
        NativeLibrary newer = new NativeLibrary("casacore", CasacoreJni.abi() + 1, CasacoreJni::abi, "");
        assertThat(newer.isAvailable()).isFalse();
        assertThat(newer.origin()).isNull();
        assertThat(newer.unavailabilityCause())
                .hasMessageContaining("speaks boundary version 1, the Java classes 2")
                .satisfies(cause -> assertThat(cause.getSuppressed()).hasSizeGreaterThanOrEqualTo(2));
        assertThatThrownBy(newer::ensureAvailable)
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("rebuild");
    }

    @Test
    void shouldExtractFromTheClassPathAndLeaveNothingBehind() throws IOException {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Path alone = directory.resolve("elsewhere").resolve("classes");
        Files.createDirectories(alone.getParent());
        Oracle.run(List.of("cp", "-r", CLASSES.toString(), alone.toString()));
        String classPath = alone + ":" + Path.of("target", "test-classes").toAbsolutePath();

        List<String> lines =
                Oracle.run(ChildJvm.command(List.of("-Djava.io.tmpdir=" + temporary), classPath, Probe.class));
        assertThat(lines.get(1)).isEqualTo("available true");
        assertThat(lines.get(2)).isEqualTo("casacore 3." + Casacore.version().substring(2));
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("cbfsdp")))
                    .isEmpty();
        }
    }

    @Test
    void shouldBeAvailableHereWithAVersion() {
        assertThat(Casacore.unavailabilityCause()).isNull();
        assertThat(Casacore.isAvailable()).isTrue();
        assertThat(Casacore.version()).matches("[3-9]\\.[0-9]+\\.[0-9]+");
    }

    /** Initialises every class beside it, then tries to use tables. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) throws Exception {
            Path root = Path.of(Table.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            List<String> names;
            try (Stream<Path> files = Files.walk(root)) {
                names = files.map(file -> root.relativize(file).toString())
                        .filter(name -> name.endsWith(".class"))
                        .map(name -> name.replace(".class", "").replace('/', '.'))
                        .toList();
            }
            for (String name : names) {
                Class.forName(name, true, Probe.class.getClassLoader());
            }
            System.out.println("initialised " + names.size() + " classes");
            System.out.println("available " + Casacore.isAvailable());
            if (Casacore.isAvailable()) {
                System.out.println("casacore " + Casacore.version());
                return;
            }
            System.out.println(Casacore.unavailabilityCause().getMessage());
            try (Table table = Table.open(root, Table.Access.READ_ONLY)) {
                System.out.println("open " + table);
            } catch (UnsatisfiedLinkError e) {
                System.out.println("open " + e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }
}
