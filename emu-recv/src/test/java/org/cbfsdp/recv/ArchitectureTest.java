package org.cbfsdp.recv;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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

/** Who may import whom in the receiver. */
class ArchitectureTest {
    private static final String COMMAND_LINE = "org\\.cbfsdp\\.recv\\.(EmuRecv|\\w+Command)(\\$.*)?";

    private static final JavaClasses RECEIVER = new ClassFileImporter()
            .importPath(Path.of(System.getProperty("project.root"), "emu-recv", "target", "classes"));

    @Test
    void shouldKeepTheCommandLineLibraryInTheMainClass() {
        ArchRule rule = noClasses()
                .that()
                .haveNameNotMatching(COMMAND_LINE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..");
        rule.check(RECEIVER);
        assertThat(RECEIVER.get(EmuRecv.class).getDirectDependenciesFromSelf())
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
        rule.check(RECEIVER.that(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(EmuRecv.class))));
        assertThat(RECEIVER.get(EmuRecv.class).getMethodCallsFromSelf())
                .filteredOn(call -> call.getTarget().getFullName().equals("java.lang.System.exit(int)"))
                .singleElement()
                .satisfies(call -> assertThat(call.getOrigin().getName()).isEqualTo("main"));
    }

    @Test
    void shouldOpenNoSockets() {
        doNotDependOn("java.net..", "java.nio.channels..", "org.cbfsdp.net..").check(RECEIVER);
    }

    @Test
    void shouldLeaveFilesOfSettingsToTheirPackage() {
        doNotDependOn("org.apache.commons..").check(RECEIVER);
    }

    @Test
    void shouldNotKnowTheSender() {
        doNotDependOn("org.cbfsdp.send..", "me.tongfei..").check(RECEIVER);
        // The warm-up alone sends: to itself.
        noClasses()
                .that()
                .doNotHaveSimpleName("WarmUp")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.spead.send..")
                .check(RECEIVER);
    }

    @Test
    void shouldGiveBuiltInConsumersNoMoreThanAnybodyElse() {
        classes()
                .that()
                .resideInAPackage("org.cbfsdp.recv.consumer..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.cbfsdp.recv.consumer..",
                        "org.cbfsdp.consumer..",
                        "org.cbfsdp.payload..",
                        "org.cbfsdp.ms..",
                        "org.spead.agent",
                        "org.apache.logging.log4j..")
                .check(RECEIVER);
    }

    @Test
    void shouldDumpAnyStreamWithoutKnowingTheInterface() {
        classes()
                .that()
                .resideInAPackage("org.cbfsdp.recv.dump..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.cbfsdp.recv.dump..", "org.spead..", "com.fasterxml.jackson.core..")
                .check(RECEIVER);
    }

    @Test
    void shouldKeepJsonToTheDump() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.cbfsdp.recv.dump..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(RECEIVER);
    }

    @Test
    void shouldFindBuiltInConsumersByTheirAnnouncementOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.cbfsdp.recv.consumer..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.cbfsdp.recv.consumer..")
                .check(RECEIVER);
    }

    @Test
    void shouldMakeThreadsThroughAgentsOnly() {
        noClasses()
                .should()
                .callConstructorWhere(JavaCall.Predicates.target(
                        HasOwner.Predicates.With.owner(JavaClass.Predicates.assignableTo(Thread.class))))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Timer|concurrent\\.(Executors?|.*Executor(Service)?))")
                .check(RECEIVER);
    }

    @Test
    void shouldSeeAForbiddenImport() {
        assertThat(RECEIVER).isNotEmpty();
        assertThatThrownBy(() -> doNotDependOn("org.spead.transport..").check(RECEIVER))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("UdpSource");
    }

    private static ArchRule doNotDependOn(String... packages) {
        return noClasses().should().dependOnClassesThat().resideInAnyPackage(packages);
    }
}
