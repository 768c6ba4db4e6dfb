package org.cbfsdp.ms;

import java.nio.file.Path;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.TelescopeModel;

/** Copies a set through reader and writer, as sender and receiver would. */
final class Copying {
    static final String APPLICATION = "test program";

    private Copying() {}

    /** By way of the payload, with weights from the fraction of data. */
    static void transmit(Path from, Path to) {
        TelescopeModel model = MsTelescopeModel.read(from);
        copy(from, WriterOptions.of(to, from, model, APPLICATION), true);
    }

    static void copy(Path from, WriterOptions options, boolean byPayload) {
        TelescopeModel model = options.model();
        try (VisibilityReader reader = VisibilityReader.open(from, ReaderOptions.defaults());
                MeasurementSetWriter writer = MeasurementSetWriter.create(options)) {
            DumpBlock sent = reader.newBlock();
            DumpBlock received = reader.newBlock();
            for (int dump = 0; dump < reader.dumpCount(); dump++) {
                reader.read(dump, sent);
                if (byPayload) {
                    HeapPayload.transmit(sent, received);
                }
                writer.writeDump(model.dump(dump), 3, byPayload ? received : sent);
            }
            writer.describe("copied " + reader.dumpCount() + " dumps");
        }
    }
}
