package org.casacore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows and house rules of this module. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.casacore", "org.cbfsdp");

    @Test
    void shouldLetTheLoaderImportNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("org.cbfsdp.jni")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.cbfsdp.jni")
                .check(CLASSES);
    }

    @Test
    void shouldLetTheTranspositionImportTheLoaderAlone() {
        classes()
                .that()
                .resideInAPackage("org.cbfsdp.transpose")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.cbfsdp.jni", "org.cbfsdp.transpose")
                .check(CLASSES);
    }

    @Test
    void shouldLetCasacoreImportTheLoaderAlone() {
        classes()
                .that()
                .resideInAPackage("org.casacore")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.cbfsdp.jni", "org.casacore")
                .check(CLASSES);
    }

    @Test
    void shouldLetSocketsImportTheLoaderAlone() {
        classes()
                .that()
                .resideInAPackage("org.cbfsdp.net")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.cbfsdp.jni", "org.cbfsdp.net")
                .check(CLASSES);
    }

    @Test
    void shouldKeepNativeMethodsInPackagePrivateJniClasses() {
        methods()
                .that()
                .haveModifier(JavaModifier.NATIVE)
                .should()
                .beDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Jni")
                .andShould()
                .beStatic()
                .check(CLASSES);
        classes()
                .that()
                .haveSimpleNameEndingWith("Jni")
                .should()
                .bePackagePrivate()
                .check(CLASSES);
        methods()
                .that()
                .areDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Jni")
                .should()
                .haveModifier(JavaModifier.NATIVE)
                .check(CLASSES);
    }

    @Test
    void shouldNeitherExitNorMakeThreads() {
        noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callMethod(Thread.class, "start")
                .check(CLASSES);
    }
}
