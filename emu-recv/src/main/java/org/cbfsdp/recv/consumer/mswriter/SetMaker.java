package org.cbfsdp.recv.consumer.mswriter;

import java.nio.file.Path;
import java.util.Optional;
import org.cbfsdp.ms.MeasurementSetException;
import org.cbfsdp.ms.MeasurementSetWriter;
import org.cbfsdp.ms.WriterOptions;

/** Makes sets that differ in nothing but their names, each in the memory of the one before. Confined to the consumer's thread. */
final class SetMaker {
    private final WriterOptions template;
    private final Optional<String> telescopeName;
    private MeasurementSetWriter last;

    /** {@code telescopeName} is put in place of the model's. */
    SetMaker(WriterOptions template, Optional<String> telescopeName) {
        this.template = template;
        this.telescopeName = telescopeName;
    }

    /**
     * Makes a set; the one made before must be closed.
     *
     * @throws MeasurementSetException when it cannot be made, or is there and may not be replaced
     */
    MeasurementSetWriter make(Path output) {
        MeasurementSetWriter writer =
                last == null ? MeasurementSetWriter.create(template.withOutput(output)) : last.createNext(output);
        last = writer;
        try {
            telescopeName.ifPresent(writer::setTelescopeName);
            return writer;
        } catch (MeasurementSetException e) {
            writer.close();
            throw e;
        }
    }
}
