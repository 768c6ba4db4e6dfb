package org.cbfsdp.ms;

import java.nio.file.Path;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.TelescopeModel;

/** A program that writes a set until something stops it; run in a JVM of its own. */
final class WriterChild {
    static final int FLUSHED_DUMPS = 5;
    private static final int ENDLESS = 100_000;

    private WriterChild() {}

    /** MODEL OUTPUT kill: flushes after each of five dumps, writes some more and waits to be killed. Else: writes on. */
    public static void main(String[] arguments) throws java.io.IOException {
        Path set = Path.of(arguments[0]);
        TelescopeModel model = MsTelescopeModel.read(set);
        WriterOptions options =
                WriterOptions.of(Path.of(arguments[1]), set, model, "child").withWeights(false, false);
        VisibilityReader reader = VisibilityReader.open(set, ReaderOptions.defaults());
        MeasurementSetWriter writer = MeasurementSetWriter.create(options);
        DumpBlock block = reader.newBlock();
        boolean kill = "kill".equals(arguments[2]);
        try {
            for (int i = 0; i < (kill ? reader.dumpCount() : ENDLESS); i++) {
                DumpMetadata metadata = model.dump(i % reader.dumpCount());
                reader.read(i % reader.dumpCount(), block);
                writer.writeDump(later(metadata, i), 1, block);
                if (i < FLUSHED_DUMPS || !kill) {
                    writer.flush();
                    System.out.println("flushed " + (i + 1));
                }
            }
            System.out.println("written");
            System.out.flush();
            System.in.read();
        } catch (MeasurementSetException e) {
            System.out.println("failed: " + e.getMessage());
        }
        try {
            writer.writeDump(model.dump(0), 1, block);
        } catch (MeasurementSetException e) {
            System.out.println("refused: " + e.getMessage());
        }
        writer.close();
        writer.close();
        reader.close();
        System.out.println("closed");
    }

    private static DumpMetadata later(DumpMetadata dump, int index) {
        double time = dump.timeMjdSeconds() + (index - dump.index()) * dump.intervalSeconds();
        return new DumpMetadata(
                index,
                index == dump.index() ? dump.timeMjdSeconds() : time,
                dump.intervalSeconds(),
                dump.exposureSeconds(),
                dump.uvwMetres());
    }
}
