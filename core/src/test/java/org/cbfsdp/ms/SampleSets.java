package org.cbfsdp.ms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sample sets of the project, unpacked once; tests that change one make a copy first. */
final class SampleSets {
    static final String LOW16 = "low16_both_4pol";
    static final String LOW8 = "low8_both_4pol";
    static final String IRREGULAR = "low8_cross_4pol_irregular";

    /** Every dump of these has every baseline. */
    static final List<String> REGULAR = List.of(LOW16, "low8_both_2pol", LOW8, "low8_cross_1pol", "low8_cross_4pol");

    private static final Map<String, Path> UNPACKED = new ConcurrentHashMap<>();

    private SampleSets() {}

    static Path set(String name) {
        return UNPACKED.computeIfAbsent(name, SampleSets::unpack);
    }

    /** A changed copy, made with python-casacore; see change_set.py for the actions. */
    static Path changed(Path directory, String name, String action, Object... arguments) {
        Path target = directory.resolve(name + "-" + action + ".ms");
        Object[] all = new Object[arguments.length + 3];
        all[0] = set(name);
        all[1] = target;
        all[2] = action;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        PythonCasacore.run("change_set.py", all);
        return target;
    }

    private static Path unpack(String name) {
        Path archive = Path.of(System.getProperty("project.root"), "quickstart", "samples")
                .resolve(name + ".ms.tar.xz");
        try {
            Path directory = Files.createDirectories(Path.of("target", "sample-sets"));
            Command.run(List.of("tar", "-xJf", archive.toString(), "-C", directory.toString()));
            return directory.resolve(name + ".ms");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
