package org.cbfsdp.jni;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A library copied into a directory that only this user may enter; both are gone on close. A loaded library stays
 * mapped without its file.
 */
record PrivateCopy(Path directory, Path file) implements AutoCloseable {
    static PrivateCopy of(InputStream content, String fileName) throws IOException {
        Path directory = Files.createTempDirectory(
                "cbfsdp-native-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        PrivateCopy copy = new PrivateCopy(directory, directory.resolve(fileName));
        try {
            Files.copy(content, copy.file);
            return copy;
        } catch (IOException e) {
            try {
                copy.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(directory);
    }
}
