package org.cbfsdp.recv.consumer.mswriter;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cbfsdp.ms.MeasurementSetException;
import org.cbfsdp.ms.MsTelescopeModel;
import org.cbfsdp.ms.WriterOptions;
import org.cbfsdp.payload.TelescopeModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetSequenceTest {
    @TempDir
    Path folder;

    /** No set can be made within the data model; that one is there already changes nothing. */
    @Test
    void shouldTryNoOtherNumberWhenTheNameIsNotToBlame() throws Exception {
        Path modelSet = SampleSet.unpack(folder);
        TelescopeModel model = MsTelescopeModel.read(modelSet);
        Path output = modelSet.resolve("out.ms");
        Files.createFile(
                Files.createDirectory(modelSet.resolve("out.scan-7.ms")).resolve("table.dat"));
        WriterOptions template =
                WriterOptions.of(output, modelSet, model, "test").withOverwrite(true);
        try (SetSequence sets = new SetSequence(
                new SetNames(output, true, false), true, 0, new SetMaker(template, Optional.empty()), path -> {})) {
            assertThatThrownBy(() -> sets.write(model.dump(1), 7, null, WrittenSet.Origin.MODEL))
                    .isInstanceOf(MeasurementSetException.class)
                    .hasMessageContaining(
                            "Measurement Set " + modelSet.resolve("out.scan-7.ms") + " cannot be made inside");
        }
    }
}
