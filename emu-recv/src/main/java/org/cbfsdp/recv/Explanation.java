package org.cbfsdp.recv;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.cbfsdp.consumer.ConsumerException;
import org.cbfsdp.jni.NativeException;
import org.cbfsdp.ms.MeasurementSetException;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.telemetry.status.TelemetryException;

/** What is said of an exception that ends a program. Stateless. */
final class Explanation {
    private Explanation() {}

    /** Whether the user can mend it; anything else is a fault of the program, and its place in the code has to be told. */
    static boolean isUsersOwn(Exception e) {
        return e instanceof SettingsException
                || e instanceof ConsumerException
                || e instanceof MeasurementSetException
                || e instanceof NativeException
                || e instanceof TelemetryException
                || e instanceof IOException;
    }

    /** A sentence in plain words: exceptions of the file system name the file and leave what happened to their class. */
    static String plain(Exception e) {
        if (e instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " cannot be opened: permission denied";
        }
        if (e instanceof FileSystemException other && other.getReason() != null) {
            return other.getFile() + ": " + other.getReason();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
