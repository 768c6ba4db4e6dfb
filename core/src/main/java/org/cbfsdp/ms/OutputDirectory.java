package org.cbfsdp.ms;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Makes room for a set that is to be written. Stateless. */
final class OutputDirectory {
    private OutputDirectory() {}

    /**
     * Refuses what is there, or deletes it when that was asked for and it is a casacore table but not the model.
     *
     * @throws OutputTakenException when it stays
     * @throws MeasurementSetException when no set can be made there under any name
     */
    static void prepare(Path output, Path modelSet, boolean overwrite) {
        Path parent = output.toAbsolutePath().normalize().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new MeasurementSetException(
                    "Measurement Set " + output + " cannot be made: there is no directory " + parent);
        }
        if (output.toAbsolutePath()
                        .normalize()
                        .startsWith(modelSet.toAbsolutePath().normalize())
                && !output.toAbsolutePath()
                        .normalize()
                        .equals(modelSet.toAbsolutePath().normalize())) {
            throw new MeasurementSetException(
                    "Measurement Set " + output + " cannot be made inside the data model " + modelSet);
        }
        if (!Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!overwrite) {
            throw new OutputTakenException(
                    output + " exists already and is not overwritten unless mswriter.overwrite = true");
        }
        if (Files.isSymbolicLink(output) || !Files.isRegularFile(output.resolve("table.dat"))) {
            throw new OutputTakenException(
                    output + " is not overwritten: it is no casacore table (a directory with a file table.dat)");
        }
        try {
            Path real = output.toRealPath();
            if (Files.exists(modelSet) && modelSet.toRealPath().startsWith(real)) {
                throw new OutputTakenException(
                        output + " is not overwritten: it is the data model that the new set is made from");
            }
            delete(real);
        } catch (IOException e) {
            throw new OutputTakenException(output + " cannot be overwritten: " + reason(e), e);
        }
    }

    /** The system's words where it has any, without the name of a class. */
    private static String reason(IOException e) {
        return e instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getFile() + ": " + failed.getReason()
                : e.toString();
    }

    /** Deletes a directory and what is in it; a link in it is deleted, not followed. */
    static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
