package org.cbfsdp.jni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLibraryTest {
    @Test
    void shouldNameEveryPlaceWhenThereIsNone() {
        NativeLibrary none = new NativeLibrary("none", 1, () -> 1, "install it");
        assertThat(none.isAvailable()).isFalse();
        assertThat(none.origin()).isNull();
        assertThat(none.unavailabilityCause())
                .hasMessageStartingWith("libcbfsdp_none.so cannot be used: the class path has no META-INF/native/"
                        + NativeLibrary.platform() + "/libcbfsdp_none.so");
        assertThatThrownBy(none::ensureAvailable)
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasRootCauseMessage(none.unavailabilityCause().getMessage());
    }

    @Test
    void shouldKeepTheFirstOutcome() {
        NativeLibrary none = new NativeLibrary("none", 1, () -> 1, "install it");
        assertThat(none.isAvailable()).isFalse();
        String first = none.unavailabilityCause().getMessage();
        assertThat(none.isAvailable()).isFalse();
        assertThat(none.unavailabilityCause()).hasMessage(first);
    }

    @Test
    void shouldNameThePlatformAsUnameDoes() {
        assertThat(NativeLibrary.platform()).matches("linux-(x86_64|aarch64|[a-z0-9_]+)");
    }

    @ParameterizedTest
    @CsvSource({
        "failed to map segment from shared object, mounted noexec",
        "Operation not permitted, mounted noexec",
        "libcasa_tables.so.7: cannot open shared object file: No such file or directory, install it",
        "invalid ELF header, not a shared library",
        "file too short, not a shared library",
        "undefined symbol: _ZN8casacore5Table, rebuild with mvn package"
    })
    void shouldPutTheLinkersWordsIntoASentence(String linker, String sentence) {
        UnsatisfiedLinkError error = new UnsatisfiedLinkError("/d/lib.so: " + linker);
        LoadFailure failure = LoadFailure.of(Path.of("/d/lib.so"), "beside the jar", "install it", error);
        assertThat(failure)
                .hasMessageStartingWith("/d/lib.so (beside the jar) ")
                .hasMessageContaining(sentence)
                .hasMessageContaining(linker)
                .hasCause(error);
    }

    @Test
    void shouldKeepACopyPrivateAndRemoveIt() throws IOException {
        Path directory;
        try (PrivateCopy copy = PrivateCopy.of(new ByteArrayInputStream(new byte[] {1, 2}), "lib.so")) {
            directory = copy.directory();
            assertThat(copy.file()).hasBinaryContent(new byte[] {1, 2}).hasParent(directory);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
        }
        assertThat(directory).doesNotExist();
    }
}
