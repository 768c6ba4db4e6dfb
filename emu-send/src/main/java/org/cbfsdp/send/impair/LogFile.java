package org.cbfsdp.send.impair;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.settings.SettingsException;

/**
 * The file of a log, which may be a named pipe: opened once, so that the reader of one sees one end. What is in it stays until it is begun.
 * Confined to whom it belongs.
 */
final class LogFile {
    private static final Logger LOG = LogManager.getLogger(LogFile.class);

    private final Path path;
    private final boolean isNew;
    private final OutputStream bytes;

    /**
     * Opens it; waits for the reader of a named pipe.
     *
     * @throws SettingsException when it cannot be written
     */
    LogFile(Path path) {
        this.path = path;
        this.isNew = Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
        try {
            bytes = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw refused(path, e);
        }
    }

    /**
     * Empties it and takes over its closing.
     *
     * @throws SettingsException when that cannot be done
     */
    BufferedWriter begin() {
        try {
            if (Files.isRegularFile(path)) {
                // By another way to it: this one is at its beginning.
                Files.newOutputStream(path).close();
            }
        } catch (IOException e) {
            throw refused(path, e);
        }
        return new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    }

    /** Closes one that was not begun, and removes it if it was not there before. */
    void giveUp() {
        try (bytes) {
            if (isNew) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.warn("{} is left empty: {}", path, e.getMessage());
        }
    }

    private static SettingsException refused(Path file, IOException e) {
        return new SettingsException("transmission.impair.log = " + file + " cannot be written: " + reason(file, e), e);
    }

    private static String reason(Path file, IOException e) {
        if (Files.isDirectory(file)) {
            return "it is a directory";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no directory " + file.toAbsolutePath().getParent();
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException refused && refused.getReason() != null
                ? refused.getReason()
                : e.getMessage();
    }
}
