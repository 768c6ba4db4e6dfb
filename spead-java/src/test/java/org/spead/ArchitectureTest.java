package org.spead;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between the packages of the library: what is not listed may not be imported. */
class ArchitectureTest {
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.spead");

    private static final DescribedPredicate<JavaClass> JDK = resideInAPackage("java..");

    @ParameterizedTest
    @CsvSource({
        "org.spead.item, ''",
        "org.spead.agent, ''",
        "org.spead.transport, ''",
        "org.spead.packet, org.spead.item",
        "org.spead.recv, org.spead.item org.spead.packet org.spead.transport org.spead.agent",
        "org.spead.recv.chunk, org.spead.recv org.spead.item org.spead.packet org.spead.transport org.spead.agent",
        "org.spead.send, org.spead.item org.spead.packet org.spead.transport org.spead.agent"
    })
    void shouldImportNothingButWhatTheArrowsAllow(String room, String others) {
        String[] allowed = (room + " " + others).trim().split(" +");
        classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat(JDK.or(resideInAnyPackage(allowed)).or(primitivesAndArrays()))
                .check(LIBRARY);
    }

    @Test
    void shouldKeepTransportsApartFromTheProtocolAndFromEachOther() {
        for (String transport : new String[] {"nio", "memory", "tcp", "pcap", "impair", "linux"}) {
            String room = "org.spead.transport." + transport;
            DescribedPredicate<JavaClass> allowed = JDK.or(resideInAnyPackage("org.spead.transport", room + ".."))
                    .or(primitivesAndArrays());
            classes()
                    .that()
                    .resideInAPackage(room + "..")
                    .should()
                    .onlyDependOnClassesThat(
                            transport.equals("linux") ? allowed.or(resideInAPackage("org.cbfsdp.net")) : allowed)
                    .allowEmptyShould(true)
                    .check(LIBRARY);
        }
    }

    @Test
    void shouldOpenSocketsInTransportsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.spead.transport..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.channels.."))
                .check(LIBRARY);
    }

    @Test
    void shouldMakeThreadsInTheAgentPackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.spead.agent")
                .should()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class, String.class)
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("Executors")
                .check(LIBRARY);
    }

    @Test
    void shouldLeaveTheProcessRunningAndNameNoDrawers() {
        noClasses().should().callMethod(System.class, "exit", int.class).check(LIBRARY);
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameStartingWith("Common")
                .check(LIBRARY);
    }

    @Test
    void shouldHaveSeenTheLibrary() {
        Assertions.assertThat(LIBRARY.size()).isGreaterThan(40);
        Assertions.assertThat(LIBRARY.contain(ArchitectureTest.class)).isFalse();
    }

    private static DescribedPredicate<JavaClass> primitivesAndArrays() {
        return DescribedPredicate.describe(
                "primitives and their arrays",
                type -> type.getBaseComponentType().isPrimitive());
    }
}
