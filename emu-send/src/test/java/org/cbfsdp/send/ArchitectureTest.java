package org.cbfsdp.send;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Who may import whom in the sender. */
class ArchitectureTest {
    private static final String COMMAND_LINE = "org\\.cbfsdp\\.send\\.(EmuSend|\\w+Command)(\\$.*)?";

    private static final JavaClasses SENDER = new ClassFileImporter()
            .importPath(Path.of(System.getProperty("project.root"), "emu-send", "target", "classes"));

    @Test
    void shouldKeepTheCommandLineLibraryInTheMainClass() {
        ArchRule rule = noClasses()
                .that()
                .haveNameNotMatching(COMMAND_LINE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..");
        rule.check(SENDER);
        assertThat(SENDER.get(EmuSend.class).getDirectDependenciesFromSelf())
                .anyMatch(d -> d.getTargetClass().getPackageName().equals("picocli"));
    }

    @Test
    void shouldEndTheProgramInMainOnly() {
        ArchRule rule = noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class);
        rule.check(SENDER.that(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(EmuSend.class))));
        assertThat(SENDER.get(EmuSend.class).getMethodCallsFromSelf())
                .filteredOn(call -> call.getTarget().getFullName().equals("java.lang.System.exit(int)"))
                .singleElement()
                .satisfies(call -> assertThat(call.getOrigin().getName()).isEqualTo("main"));
    }

    @Test
    void shouldOpenNoSockets() {
        // To know why a connection failed is not to open one.
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.channels..", "org.cbfsdp.net..")
                        .and(not(assignableTo(Throwable.class))))
                .check(SENDER);
    }

    @Test
    void shouldLeaveFilesOfSettingsToTheirPackage() {
        doNotDependOn("org.apache.commons..").check(SENDER);
    }

    @Test
    void shouldNotKnowTheReceiver() {
        doNotDependOn("org.cbfsdp.recv..", "org.cbfsdp.consumer..", "org.spead.recv..")
                .check(SENDER);
    }

    @Test
    void shouldMakeThreadsThroughAgentsOnly() {
        noClasses()
                .should()
                .callConstructorWhere(JavaCall.Predicates.target(
                        HasOwner.Predicates.With.owner(JavaClass.Predicates.assignableTo(Thread.class))))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.(Timer|concurrent\\.(Executors?|.*Executor(Service)?|CompletableFuture))")
                .check(SENDER);
    }

    @Test
    void shouldSeeAForbiddenImport() {
        assertThat(SENDER).isNotEmpty();
        assertThatThrownBy(() -> doNotDependOn("org.spead.transport..").check(SENDER))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("UdpSink");
    }

    private static ArchRule doNotDependOn(String... packages) {
        return noClasses().should().dependOnClassesThat().resideInAnyPackage(packages);
    }
}
