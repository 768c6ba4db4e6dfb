package org.cbfsdp.ms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What python-casacore says a set holds, dump by dump; see expected_dumps.py. */
final class ExpectedDumps {
    record Dump(double time, double interval, int rows) {}

    final int baselines;
    final int channels;
    final int polarisations;
    final List<Dump> dumps = new ArrayList<>();
    final int[] antenna1;
    final int[] antenna2;
    private final byte[] visibilities;
    private final byte[] flags;
    private final ByteBuffer uvw;

    private ExpectedDumps(Path prefix) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(prefix + ".txt"));
        int[] shape = Arrays.stream(lines.get(0).split(" ", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        baselines = shape[1];
        channels = shape[2];
        polarisations = shape[3];
        for (String line : lines.subList(1, 1 + shape[0])) {
            String[] words = line.split(" ", -1);
            dumps.add(new Dump(Double.parseDouble(words[0]), Double.parseDouble(words[1]), Integer.parseInt(words[2])));
        }
        List<String> pairs = lines.subList(1 + shape[0], lines.size());
        antenna1 = pairs.stream()
                .mapToInt(pair -> Integer.parseInt(pair.split(" ", -1)[0]))
                .toArray();
        antenna2 = pairs.stream()
                .mapToInt(pair -> Integer.parseInt(pair.split(" ", -1)[1]))
                .toArray();
        visibilities = Files.readAllBytes(Path.of(prefix + ".vis"));
        flags = Files.readAllBytes(Path.of(prefix + ".flag"));
        uvw = ByteBuffer.wrap(Files.readAllBytes(Path.of(prefix + ".uvw"))).order(ByteOrder.LITTLE_ENDIAN);
    }

    static ExpectedDumps of(Path set, Path directory, String column, int first, int count, int dataDescId, int field) {
        Path prefix = directory.resolve("expected");
        PythonCasacore.run("expected_dumps.py", set, prefix, column, first, count, dataDescId, field);
        try {
            return new ExpectedDumps(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ByteBuffer visibilities(int dump) {
        int bytes = baselines * channels * polarisations * 8;
        return ByteBuffer.wrap(visibilities).slice(dump * bytes, bytes);
    }

    ByteBuffer flags(int dump) {
        int bytes = baselines * channels * polarisations;
        return ByteBuffer.wrap(flags).slice(dump * bytes, bytes);
    }

    double[] uvw(int dump) {
        double[] values = new double[3 * baselines];
        for (int i = 0; i < values.length; i++) {
            values[i] = uvw.getDouble((dump * values.length + i) * Double.BYTES);
        }
        return values;
    }
}
