package org.spead.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.SpeadVector;

/**
 * A million damages to streams of bytes: nothing throws, every byte is consumed or waited for within a bound, and the pieces
 * in which the bytes come make no difference.
 */
class HostileStreamTest {
    private static final int STREAMS = 25_000;
    private static final int DAMAGES = 10;
    private static final int MAX_PACKET_BYTES = 2048;

    /** Holds the longest header, so that nothing is discarded, which would depend on the pieces. */
    private static final int BUFFER_BYTES = 8 + 8 * 65_535;

    private static final List<byte[]> ORIGINALS = originals();

    private static List<byte[]> originals() {
        List<byte[]> all = new ArrayList<>();
        for (String name : SpeadVector.names("abcdefghijx")) {
            SpeadVector vector = SpeadVector.load(name);
            for (SpeadVector.Packet packet : vector.packets()) {
                all.add(Arrays.copyOfRange(vector.bytes(), packet.offset(), packet.offset() + packet.length()));
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 22, 33, 44})
    void shouldSurviveDamagedStreams(long seed) {
        Random random = new Random(seed);
        long found = 0;
        for (int i = 0; i < STREAMS; i++) {
            byte[] bytes = stream(random);
            for (int d = 0; d < DAMAGES; d++) {
                damage(bytes, random);
            }
            String which = "seed " + seed + ", stream " + i;
            Walk whole = new Walk(bytes, BUFFER_BYTES, which);
            whole.show(bytes.length);
            Walk pieces = new Walk(bytes, BUFFER_BYTES, which);
            while (pieces.shown < bytes.length) {
                pieces.show(Math.min(bytes.length, pieces.shown + random.nextInt(1 << random.nextInt(12))));
            }
            Walk small = new Walk(bytes, MAX_PACKET_BYTES, which);
            small.show(bytes.length);
            if (whole.digest != pieces.digest || whole.from != pieces.from) {
                throw new AssertionError(which + ": the pieces make a difference");
            }
            found += whole.packets;
        }
        assertThat(found).as("seed %d", seed).isGreaterThan(STREAMS);
    }

    @Test
    void shouldSurviveNoise() {
        Random random = new Random(5);
        byte[] noise = new byte[1 << 20];
        for (int round = 0; round < 50; round++) {
            random.nextBytes(noise);
            for (int at = 0; at < noise.length; at += 8 * (1 + random.nextInt(40))) {
                ByteBuffer.wrap(noise).putLong(at, 0x5304_0206_0000_0000L | random.nextInt(1 << random.nextInt(17)));
            }
            Walk walk = new Walk(noise, BUFFER_BYTES, "seed 5, round " + round);
            walk.show(noise.length);
        }
    }

    private static byte[] stream(Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int packets = 2 + random.nextInt(12);
        for (int i = 0; i < packets; i++) {
            out.writeBytes(ORIGINALS.get(random.nextInt(ORIGINALS.size())));
        }
        return out.toByteArray();
    }

    private static void damage(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int word = Math.max(0, Math.min(at, bytes.length - 8) / 8 * 8);
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> System.arraycopy(bytes, at, bytes, random.nextInt(at + 1), bytes.length - at);
            case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + random.nextInt(40)), (byte) 0x53);
            default -> {
                if (bytes.length >= 8) {
                    ByteBuffer.wrap(bytes).putLong(word, awkward(random));
                }
            }
        }
    }

    /** A header or a PAYLOAD_LENGTH that says something awkward. */
    private static long awkward(Random random) {
        if (random.nextBoolean()) {
            int pointers = random.nextInt(4) == 0 ? 65_535 - random.nextInt(3) : random.nextInt(40);
            int addressBytes = 1 + random.nextInt(7);
            return 0x5304_0000_0000_0000L | (8L - addressBytes) << 40 | (long) addressBytes << 32 | pointers;
        }
        long most = (1L << 48) - 1;
        long value = random.nextInt(3) == 0 ? most - random.nextInt(3) : random.nextInt(3000);
        return 0x8004_0000_0000_0000L | value;
    }

    /** One reading of a stream, which checks that it gets on and keeps within its bounds. */
    private static final class Walk {
        private final PacketFramer framer;
        private final ByteBuffer block;
        private final int bufferBytes;
        private final String which;
        private int from;
        private int shown;
        private int packets;
        private long digest;

        Walk(byte[] bytes, int bufferBytes, String which) {
            this.framer = new PacketFramer(MAX_PACKET_BYTES, bufferBytes);
            this.block = ByteBuffer.wrap(bytes);
            this.bufferBytes = bufferBytes;
            this.which = which;
        }

        void show(int to) {
            shown = to;
            while (framer.next(block, from, to)) {
                int offset = framer.packetOffset();
                int length = framer.packetLength();
                require(offset >= from && length >= 16 && length <= MAX_PACKET_BYTES && offset + length <= to);
                require(framer.position() == offset + length);
                from = framer.position();
                digest = (digest * 31 + offset) * 31 + length;
                packets++;
            }
            require(framer.position() >= from && framer.position() <= to);
            from = framer.position();
            require(to - from < bufferBytes);
        }

        private void require(boolean holds) {
            if (!holds) {
                throw new AssertionError(which + ": out of bounds at " + from + " of " + shown);
            }
        }
    }
}
