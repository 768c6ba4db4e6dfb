package org.cbfsdp.recv;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.icd.IcdConstants;
import org.cbfsdp.icd.IcdHeapEncoder;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.settings.ReceptionSettings;
import org.cbfsdp.settings.TransportProtocol;
import org.spead.recv.BufferPool;
import org.spead.recv.HeapRing;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.send.SendConfig;
import org.spead.send.SendStream;

/**
 * Practises receiving before the first packet comes: sends heaps to itself over a loopback socket of its own and takes them all the
 * way to a dump, until the virtual machine has compiled what every packet and every heap goes through. A receiver that starts cold
 * takes a tenth of what it takes when warm, and its socket's buffer does not hold what comes meanwhile.
 *
 * <p>Run by the main thread before anything is bound; the sockets are closed then, and a few megabytes are left to the garbage
 * collector.
 */
final class WarmUp {
    private static final Logger LOG = LogManager.getLogger(WarmUp.class);
    private static final int CHANNELS = 4;
    private static final int BASELINES = 465;
    private static final int POLARISATIONS = 4;
    private static final int PACKET_BYTES = 1472;

    /** So that a heap is several packets, which leave without a copy. */
    private static final int LONG_PACKET_BYTES = 16_384;

    private static final int POOL_BYTES = 1 << 22;
    private static final long DUMP_TICKS = 1L << 32;

    private final IcdHeapEncoder.IcdHeap heap;
    private final List<SendStream> senders;
    private final ReceiveStream receiver;
    private final HeapRouter router;
    private long sent;
    private long dumps;

    private WarmUp(PractiseSockets sockets, boolean longPackets) {
        heap = new IcdHeapEncoder(
                        new ChannelRange(0, CHANNELS), BASELINES, POLARISATIONS, new IcdConstants(0, 0, 1, 1, 0))
                .newHeap();
        senders = longPackets
                ? List.of(sender(sockets, PACKET_BYTES), sender(sockets, LONG_PACKET_BYTES))
                : List.of(sender(sockets, PACKET_BYTES));
        HeapRing ring = new HeapRing(1, OverflowPolicy.PAUSE);
        receiver = new ReceiveStream(
                ReceiveConfig.builder().receiveTimeoutNanos(0).build(),
                List.of(sockets.source()),
                new DrainingSink(ring),
                new BufferPool(POOL_BYTES));
        router = router(ring);
    }

    private static SendStream sender(PractiseSockets sockets, int packetBytes) {
        return new SendStream(
                "warm-up", SendConfig.builder().maxPacketBytes(packetBytes).build(), sockets.sink());
    }

    private HeapRouter router(HeapRing ring) {
        StreamAccount[] accounts = {new StreamAccount()};
        return new HeapRouter(
                List.of(ring),
                new PayloadRules(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), PolarisationRule.any(), 0),
                accounts,
                new ChannelClaims(1),
                new DumpAssembler(
                        accounts,
                        DumpGrid.of(Optional.empty(), 0),
                        new DumpAssembler.Limits(1, Long.MAX_VALUE, Long.MAX_VALUE, false),
                        this::take),
                stream -> {},
                () -> {});
    }

    private void take(VisibilityDump dump) {
        dumps++;
        dump.release();
    }

    /**
     * Practises for as long as the settings say, or until stopped; not for captures, which wait for a receiver that is slow. What fails
     * here fails nothing else.
     *
     * @return how many dumps were received
     * @throws org.cbfsdp.settings.SettingsException when the transport that is asked for cannot be had
     */
    static long run(ReceptionSettings reception, BooleanSupplier stopped) {
        if (reception.pcapFile().isPresent()) {
            return 0;
        }
        boolean tcp = reception.transportProtocol() == TransportProtocol.TCP;
        boolean inBatches = !tcp && ReceiverSockets.receivesInBatches(reception);
        try (PractiseSockets sockets = tcp ? PractiseSockets.tcp() : PractiseSockets.udp(inBatches)) {
            return new WarmUp(sockets, tcp).run(reception.warmUpNanos(), stopped);
        } catch (IOException | RuntimeException e) {
            LOG.debug("not warmed up: {}", e.getMessage(), e);
            return 0;
        }
    }

    private long run(long nanos, BooleanSupplier stopped) {
        long end = System.nanoTime() + nanos;
        boolean drained = true;
        while (drained && System.nanoTime() - end < 0 && !stopped.getAsBoolean()) {
            SendStream sender = senders.get((int) (sent % senders.size()));
            sent++;
            heap.setTimestamp(sent * DUMP_TICKS);
            sender.offer(heap.heap(), (done, bytesSent, error) -> {});
            do {
                sender.doWork();
                while (receiver.doWork() > 0) {
                    router.doWork();
                }
                router.doWork();
                drained = sender.isDrained();
            } while (!drained && System.nanoTime() - end < 0);
        }
        senders.forEach(SendStream::onClose);
        receiver.onClose();
        router.onClose();
        LOG.debug("warmed up with {} heaps, {} of them received", sent, dumps);
        return dumps;
    }
}
