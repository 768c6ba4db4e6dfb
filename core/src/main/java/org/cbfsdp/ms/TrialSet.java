package org.cbfsdp.ms;

import java.io.IOException;
import java.nio.file.Path;

/** Proves that a set can be made where one will be, long before it is: makes one, and deletes it. Stateless. */
public final class TrialSet {
    private TrialSet() {}

    /**
     * Makes a set without dumps beside {@link WriterOptions#output()}, which stays as it is, and deletes it.
     *
     * @throws MeasurementSetException as {@link MeasurementSetWriter#create} would, for any reason but that the output exists
     */
    public static void make(WriterOptions options) {
        Path output = options.output();
        Path trial = output.resolveSibling(
                output.getFileName() + ".trial-" + ProcessHandle.current().pid());
        MeasurementSetWriter writer =
                MeasurementSetWriter.create(options.withOutput(trial).withOverwrite(false));
        try {
            writer.close();
        } finally {
            delete(trial);
        }
    }

    private static void delete(Path trial) {
        try {
            OutputDirectory.delete(trial);
        } catch (IOException e) {
            throw new MeasurementSetException(trial + ", made to see whether sets can be, cannot be deleted: " + e, e);
        }
    }
}
