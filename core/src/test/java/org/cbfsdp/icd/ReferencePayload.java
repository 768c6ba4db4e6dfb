package org.cbfsdp.icd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cbfsdp.payload.VisibilityPayload;

/** What the reference streams hold, by the formula they were made with, and how this project's bytes must read. */
final class ReferencePayload {
    private static final Path VECTORS =
            Path.of(System.getProperty("project.root"), "spead-java/src/test/resources/vectors");
    private static final int ELEMENT = 34;

    private ReferencePayload() {}

    static byte[] stream(String name) throws IOException {
        return Files.readAllBytes(VECTORS.resolve(name + ".bin"));
    }

    /** Fills elements of four polarisations as data heap {@code heap} of stream 0 has them. */
    static void fill(ByteBuffer target, int heap, int channels, int baselines) {
        ByteBuffer data = target.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int c = 0; c < channels; c++) {
            for (int b = 0; b < baselines; b++) {
                int at = (c * baselines + b) * ELEMENT;
                data.put(at, (byte) (heap % 256 - 128));
                data.put(at + 1, (byte) ((c + b + heap) % 256));
                for (int p = 0; p < 4; p++) {
                    data.putFloat(at + 2 + p * 8, heap % 1000 * 1000f + c + p / 4f);
                    data.putFloat(at + 6 + p * 8, 0f - (b + p / 4f)); // never -0
                }
            }
        }
    }

    /** Checks a decoded payload against the formula, value by value. */
    static void check(VisibilityPayload payload, int heap, int channels, int baselines) {
        assertThat(payload.timestampTicks()).isEqualTo(((1000L + heap) << 32) + heap * 0x10000L);
        assertThat(payload.channelId()).isZero();
        assertThat(payload.channelCount()).isEqualTo(channels);
        assertThat(payload.baselineCount()).isEqualTo(baselines);
        assertThat(payload.polarisationId()).isZero();
        assertThat(payload.phaseBinId()).isZero();
        assertThat(payload.phaseBinCount()).isEqualTo(1);
        assertThat(payload.scanId()).isEqualTo(1);
        assertThat(payload.hardwareId()).isZero();
        ByteBuffer expected = ByteBuffer.allocate(channels * baselines * ELEMENT);
        fill(expected, heap, channels, baselines);
        byte[] bytes = new byte[expected.capacity()];
        payload.data().get(0, bytes);
        assertThat(bytes).isEqualTo(expected.array());
        assertThat(payload.layout().elementBytes()).isEqualTo(ELEMENT);
        assertThat(payload.layout().bigEndian()).isFalse();
    }
}
