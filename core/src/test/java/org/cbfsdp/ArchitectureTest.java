package org.cbfsdp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may import whom in core. A package that is not there yet satisfies its rule. */
class ArchitectureTest {
    private static final String LOGGING = "org.apache.logging.log4j..";

    /** The packages of core, and what each may import besides itself and the JDK. */
    private static final Map<String, String[]> MAY_IMPORT = Map.of(
            "org.cbfsdp.console..", new String[0],
            "org.cbfsdp.settings..", new String[] {"org.apache.commons.configuration2.."},
            "org.cbfsdp.payload..", new String[] {"org.cbfsdp.transpose.."},
            "org.cbfsdp.icd..",
                    new String[] {
                        "org.cbfsdp.payload..", "org.spead.item..", "org.spead.recv..", "org.spead.send..", LOGGING
                    },
            "org.cbfsdp.katgpucbf..", new String[] {"org.cbfsdp.payload..", "org.spead.item..", "org.spead.recv.."},
            "org.cbfsdp.ms..", new String[] {"org.cbfsdp.payload..", "org.casacore..", LOGGING},
            "org.cbfsdp.consumer..", new String[] {"org.cbfsdp.payload..", "org.cbfsdp.telemetry.."},
            "org.cbfsdp.telemetry..", new String[] {"io.prometheus..", "com.sun.net.httpserver..", LOGGING});

    private static final JavaClasses CORE = new ClassFileImporter()
            .importPath(Path.of(System.getProperty("project.root"), "core", "target", "classes"));

    @ParameterizedTest
    @MethodSource("packages")
    void shouldImportOnlyWhatThePackageMay(String name) {
        onlyImports(name, MAY_IMPORT.get(name)).check(CORE);
    }

    @Test
    void shouldHaveNoPackageWithoutARule() {
        classes()
                .should()
                .resideInAnyPackage(MAY_IMPORT.keySet().toArray(String[]::new))
                .check(CORE);
    }

    @Test
    void shouldKeepConfigurationLibraryWithinSettings() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.cbfsdp.settings..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.commons..")
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void shouldKnowNoCommandLine() {
        noClasses().should().dependOnClassesThat().resideInAPackage("picocli..").check(CORE);
    }

    @Test
    void shouldNotEndTheProgram() {
        noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CORE);
    }

    @Test
    void shouldOpenNoSocketsButForTelemetry() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.cbfsdp.telemetry..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Server|Datagram|Multicast)?Socket"
                        + "|java\\.nio\\.channels\\.\\w*(Datagram|Socket)Channel"
                        + "|org\\.cbfsdp\\.net\\..*|com\\.sun\\.net\\.httpserver\\..*")
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void shouldSeeAForbiddenImport() {
        assertThat(CORE).isNotEmpty();
        assertThatThrownBy(() -> onlyImports("org.cbfsdp.settings..").check(CORE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("CombinedConfiguration");
    }

    static Stream<String> packages() {
        return MAY_IMPORT.keySet().stream().sorted();
    }

    private static ArchRule onlyImports(String name, String... allowed) {
        String[] all =
                Stream.concat(Stream.of("java..", name), Stream.of(allowed)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(all)
                .allowEmptyShould(true);
    }
}
