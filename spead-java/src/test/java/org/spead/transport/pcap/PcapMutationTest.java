package org.spead.transport.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/** A million damaged captures: none throws but at opening, none gives a packet that is longer than the file. */
class PcapMutationTest {
    private static final int MUTATIONS = 1_000_000;
    private static final int SEED = 20_261_120;
    private static final int[] NASTY = {0, 1, 3, 4, 0x7f, 0x80, 0xff};

    @Test
    @Timeout(300)
    void shouldSurviveAMillionDamagedFiles() throws IOException {
        Random random = new Random(SEED);
        List<byte[]> originals = originals();
        ByteBuffer window = ByteBuffer.allocate(4096);
        PacketBatch batch = new PacketBatch(4096, 8);
        long packets = 0;
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] file = mutated(originals.get(i % originals.size()), random);
            try (PcapSource source = open(file, window)) {
                packets += source == null ? 0 : drain(source, batch, file.length, i);
                refused += source == null ? 1 : 0;
            } catch (RuntimeException e) {
                throw new AssertionError("mutation " + i + " of seed " + SEED, e);
            }
        }
        // The test would prove nothing if most files were refused at once.
        assertThat(refused).isLessThan(MUTATIONS / 4);
        assertThat(packets).isGreaterThan(MUTATIONS);
    }

    private static PcapSource open(byte[] file, ByteBuffer window) {
        try {
            return new PcapSource(
                    Channels.newChannel(new ByteArrayInputStream(file)), "damaged", PcapFilter.ALL, window);
        } catch (IOException e) {
            assertThat(e.getMessage()).startsWith("damaged ");
            return null;
        }
    }

    private static long drain(PcapSource source, PacketBatch batch, int fileBytes, int mutation) throws IOException {
        int calls = 0;
        while (source.receive(batch, 0) != PacketSource.END) {
            assertThat(batch.totalBytes()).isLessThanOrEqualTo(fileBytes);
            // Each call that does not end takes at least one record of at least 12 bytes.
            if (++calls > fileBytes / 12 + 1) {
                throw new AssertionError("mutation " + mutation + " of seed " + SEED + " does not end");
            }
        }
        return source.counters().packets();
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] file = original.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(file.length);
            switch (random.nextInt(4)) {
                case 0 -> file[at] = (byte) random.nextInt(256);
                case 1 -> file[at] = (byte) NASTY[random.nextInt(NASTY.length)];
                case 2 -> file[at] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    int from = random.nextInt(file.length);
                    System.arraycopy(original, from, file, at, Math.min(8, file.length - Math.max(at, from)));
                }
            }
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file;
    }

    private static List<byte[]> originals() {
        byte[] payload = new byte[20];
        byte[] udp = Frames.udp(41_000, payload);
        byte[] ipv4 = Frames.ipv4(udp);
        byte[] ipv6 = Frames.ipv6(0, Frames.join(Frames.octets(17, 0), new byte[6], udp));
        List<byte[]> files = new ArrayList<>();
        for (boolean little : new boolean[] {false, true}) {
            byte[] tagged = Frames.ethernet(0x0800, ipv4, 0x88a8, 0x8100);
            files.add(CaptureBytes.pcap(little, little, 1)
                    .record(tagged)
                    .record(Frames.ethernet(0x86dd, ipv6))
                    .record(tagged)
                    .bytes());
            files.add(CaptureBytes.pcap(little, !little, 113)
                    .record(Frames.linuxCooked(0x0800, ipv4))
                    .record(Frames.linuxCooked(0x86dd, ipv6))
                    .bytes());
            files.add(CaptureBytes.pcap(little, true, 0)
                    .record(Frames.join(Frames.octets(2, 0, 0, 0), ipv4))
                    .bytes());
            files.add(CaptureBytes.pcapng()
                    .section(little)
                    .describe(1, 0, CaptureBytes.resolution(little, 0x83))
                    .describe(276, 100, CaptureBytes.resolution(little, 9))
                    .enhanced(0, 12345678901L, tagged)
                    .enhanced(1, 12345678901L, Frames.linuxCooked2(0x0800, ipv4))
                    .simple(tagged, tagged.length)
                    .section(!little)
                    .describe(101, 0)
                    .block(5, CaptureBytes.pcapng().raw(new byte[9]))
                    .enhanced(0, 1, ipv6)
                    .bytes());
        }
        return files;
    }
}
