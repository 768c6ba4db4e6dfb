package org.spead.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every transport owes to those who use it through {@link PacketSource} and {@link PacketSink}.
 *
 * <p>A test class of a transport extends this and opens a connected pair.
 */
@Timeout(60)
public abstract class TransportContract {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(10);

    private Pair pair;
    private PacketBatch incoming;

    /** A sink whose packets arrive at a source. */
    public record Pair(PacketSink sink, PacketSource source) {}

    /** What a transport is like; the contract is the same, how it shows differs. */
    public enum Trait {
        /** Closing the sink ends the source. */
        ENDS,
        /** Empty packets arrive; without this trait they are left out. */
        CARRIES_EMPTY_PACKETS,
        /** When nobody receives, sending stops short rather than lose packets. */
        PUSHES_BACK
    }

    /** Opens a pair that carries packets of up to {@link #maxPacketBytes()} and holds at least 20 small ones. */
    protected abstract Pair open() throws IOException;

    protected abstract boolean has(Trait trait);

    /** The largest packet there may be. */
    protected int maxPacketBytes() {
        return 65_507;
    }

    @BeforeEach
    void openPair() throws IOException {
        pair = open();
        incoming = pair.source().newBatch();
    }

    @AfterEach
    void closePair() throws IOException {
        pair.sink().close();
        pair.source().close();
    }

    @Test
    void shouldCarryPacketsOfEverySizeUnchanged() throws IOException {
        int max = maxPacketBytes();
        int seed = 77;
        Random random = new Random(seed);
        List<Integer> sizes = new ArrayList<>(List.of(1, 2, 7, 8, 9, 57, 1471, 1472, 8972, 9200, max - 1, max));
        for (int i = 0; i < 100; i++) {
            sizes.add(1 + random.nextInt(max));
        }
        for (int size : sizes) {
            byte[] packet = new byte[size];
            random.nextBytes(packet);
            sendAll(List.of(packet));
            assertThat(receive(1).get(0))
                    .as("packet of %d bytes, seed %d", size, seed)
                    .isEqualTo(packet);
        }
    }

    @Test
    void shouldKeepTheOrder() throws IOException {
        int received = 0;
        for (int round = 0; round < 200; round++) {
            List<byte[]> packets = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                packets.add(numbered(round * 20 + i));
            }
            sendAll(packets);
            for (byte[] packet : receive(20)) {
                assertThat(packet).isEqualTo(numbered(received++));
            }
        }
    }

    /** Heads, and bodies that lie elsewhere, of all lengths; also those that have either alone. */
    @Test
    void shouldCarryPacketsInTwoPieces() throws IOException {
        long seed = 78;
        Random random = new Random(seed);
        int max = maxPacketBytes();
        ByteBuffer elsewhere = ByteBuffer.allocateDirect(max + 1000);
        for (int i = 0; i < elsewhere.capacity(); i++) {
            elsewhere.put(i, (byte) random.nextInt());
        }
        for (int round = 0; round < 100; round++) {
            PacketBatch batch = PacketBatch.gathering(1 << 16, 8);
            List<byte[]> packets = new ArrayList<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                int length = round % 10 == 0 ? max / 2 + random.nextInt(max / 2) : 1 + random.nextInt(3000);
                int headLength = Math.min(length, random.nextInt(3) == 0 ? random.nextInt(2000) : 64);
                packets.add(inPieces(batch, random, headLength, elsewhere, random.nextInt(1000), length - headLength));
            }
            int first = random.nextInt(packets.size());
            assertThat(pair.sink().send(batch, first)).isEqualTo(packets.size() - first);
            List<byte[]> received = receive(packets.size() - first);
            for (int i = first; i < packets.size(); i++) {
                assertThat(received.get(i - first))
                        .as("packet %d of round %d, seed %d", i, round, seed)
                        .isEqualTo(packets.get(i));
            }
            assertThat(batch.buffer().limit()).isEqualTo(batch.capacityBytes());
        }
    }

    /** Adds a packet whose body is a range of {@code elsewhere}, and returns its bytes. */
    private static byte[] inPieces(
            PacketBatch batch, Random random, int headLength, ByteBuffer elsewhere, int bodyOffset, int bodyLength) {
        byte[] packet = new byte[headLength + bodyLength];
        random.nextBytes(packet);
        elsewhere.get(bodyOffset, packet, headLength, bodyLength);
        int offset = batch.end();
        batch.buffer().put(offset, packet, 0, headLength);
        batch.add(offset, headLength, elsewhere.duplicate(), bodyOffset, bodyLength);
        return packet;
    }

    @Test
    void shouldSendFromTheGivenPacketOn() throws IOException {
        PacketBatch batch = pair.sink().newBatch(100);
        for (int i = 0; i < 5; i++) {
            add(batch, numbered(i));
        }
        assertThat(pair.sink().send(batch, 3)).isEqualTo(2);
        assertThat(pair.sink().send(batch, 5)).isZero();
        assertThat(receive(2))
                .satisfiesExactly(
                        packet -> assertThat(packet).isEqualTo(numbered(3)),
                        packet -> assertThat(packet).isEqualTo(numbered(4)));
    }

    @Test
    void shouldTreatEmptyPacketsAsItSays() throws IOException {
        sendAll(List.of(numbered(1), new byte[0], numbered(2)));
        List<byte[]> received = receive(has(Trait.CARRIES_EMPTY_PACKETS) ? 3 : 2);
        assertThat(received.get(0)).isEqualTo(numbered(1));
        assertThat(received.get(received.size() - 1)).isEqualTo(numbered(2));
        if (has(Trait.CARRIES_EMPTY_PACKETS)) {
            assertThat(received.get(1)).isEmpty();
        }
    }

    @Test
    void shouldNotWaitWithoutTimeout() throws IOException {
        long before = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(pair.source().receive(incoming, 0)).isZero();
        }
        assertThat(System.nanoTime() - before).isLessThan(LONG_NANOS / 2);
    }

    @Test
    void shouldWaitForTheTimeoutWhenNothingComes() throws IOException {
        long before = System.nanoTime();
        assertThat(pair.source().receive(incoming, 30_000_000)).isZero();
        assertThat(System.nanoTime() - before).isBetween(25_000_000L, LONG_NANOS);
        assertThat(incoming.count()).isZero();
    }

    @Test
    void shouldReturnAsSoonAsAPacketIsThere() throws IOException {
        sendAll(List.of(numbered(1)));
        long before = System.nanoTime();
        assertThat(pair.source().receive(incoming, LONG_NANOS)).isEqualTo(1);
        assertThat(System.nanoTime() - before).isLessThan(LONG_NANOS / 2);
    }

    @Test
    void shouldClearTheBatchBeforeFillingIt() throws IOException {
        sendAll(List.of(numbered(1)));
        assertThat(pair.source().receive(incoming, LONG_NANOS)).isEqualTo(1);
        assertThat(pair.source().receive(incoming, 0)).isZero();
        assertThat(incoming.count()).isZero();
    }

    @Test
    void shouldLeaveTheBlockReadable() throws IOException {
        sendAll(List.of(numbered(1)));
        pair.source().receive(incoming, LONG_NANOS);
        assertThat(incoming.buffer().limit()).isEqualTo(incoming.capacityBytes());
    }

    @Test
    void shouldTakeBatchesBiggerThanTheMedium() throws IOException {
        int packets = 5000;
        PacketBatch batch = new PacketBatch(packets * 8, packets);
        for (int i = 0; i < packets; i++) {
            add(batch, numbered(i));
        }
        int sent = pair.sink().send(batch, 0);
        assertThat(sent < packets).isEqualTo(has(Trait.PUSHES_BACK));
        int received = 0;
        while (has(Trait.PUSHES_BACK) && received < packets) {
            for (byte[] packet : receive(sent - received)) {
                assertThat(packet).isEqualTo(numbered(received++));
            }
            sent += pair.sink().send(batch, sent);
        }
        assertThat(sent).isEqualTo(packets);
    }

    @Test
    void shouldEndWhenDrainedAfterTheSinkIsClosed() throws IOException {
        sendAll(List.of(numbered(1), numbered(2)));
        pair.sink().close();
        assertThat(receive(2)).hasSize(2);
        int expected = has(Trait.ENDS) ? PacketSource.END : 0;
        assertThat(pair.source().receive(incoming, 1_000_000)).isEqualTo(expected);
        assertThat(pair.source().receive(incoming, 0)).isEqualTo(expected);
    }

    @Test
    void shouldCloseAnyNumberOfTimes() {
        assertThatNoException().isThrownBy(() -> {
            for (int i = 0; i < 3; i++) {
                pair.sink().close();
                pair.source().close();
            }
        });
    }

    @Test
    void shouldRefuseUseAfterClose() throws IOException {
        PacketBatch outgoing = pair.sink().newBatch(100);
        add(outgoing, numbered(1));
        pair.sink().close();
        pair.source().close();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> pair.sink().send(outgoing, 0));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> pair.source().receive(incoming, 0));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> pair.source().receive(incoming, 1_000_000));
    }

    @Test
    void shouldSayWhereItLeads() {
        assertThat(pair.sink().describe()).isNotBlank();
        assertThat(pair.source().describe()).isNotBlank();
    }

    private void sendAll(List<byte[]> packets) throws IOException {
        int bytes = packets.stream().mapToInt(packet -> packet.length).sum();
        PacketBatch batch = new PacketBatch(Math.max(1, bytes), packets.size());
        packets.forEach(packet -> add(batch, packet));
        assertThat(pair.sink().send(batch, 0)).isEqualTo(packets.size());
    }

    private List<byte[]> receive(int count) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        while (packets.size() < count && pair.source().receive(incoming, LONG_NANOS) > 0) {
            for (int i = 0; i < incoming.count(); i++) {
                byte[] packet = new byte[incoming.length(i)];
                incoming.buffer().get(incoming.offset(i), packet);
                packets.add(packet);
            }
        }
        assertThat(packets).hasSize(count);
        return packets;
    }

    private static void add(PacketBatch batch, byte[] packet) {
        int offset = batch.end();
        batch.buffer().put(offset, packet);
        batch.add(offset, packet.length);
    }

    private static byte[] numbered(int number) {
        return ByteBuffer.allocate(4).putInt(0, number).array();
    }
}
