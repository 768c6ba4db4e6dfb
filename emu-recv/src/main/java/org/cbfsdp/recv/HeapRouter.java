package org.cbfsdp.recv;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.VisibilityPayload;
import org.spead.agent.Agent;
import org.spead.recv.Heap;
import org.spead.recv.HeapRing;

/**
 * Takes heaps from the rings of all streams, reads them and gives their payloads to the assembly of dumps.
 *
 * <p>One agent for all streams, on the router thread. It ends when every ring has ended and is drained; then the dumps still
 * open are delivered. A payload that the assembly has no room for is held, and its ring left alone, until there is room: heaps
 * then pile up in the ring, and behind it at the sender. How idle the router is may be asked by any thread.
 */
final class HeapRouter implements Agent {
    private final List<HeapRing> rings;
    private final HeapReader[] readers;
    private final VisibilityPayload[] held;
    private final boolean[] ended;
    private final PayloadRules rules;
    private final StreamAccount[] accounts;
    private final ChannelClaims claims;
    private final DumpAssembler assembler;
    private final IntConsumer endStream;
    private final Runnable onEnd;
    private int open;
    private volatile long firstHeapNanos;
    private volatile long lastHeapNanos;
    private volatile long longestPauseNanos;
    private volatile boolean anyEnded;
    private volatile boolean handingOn;

    /**
     * Makes the router of as many streams as there are rings, which reads heaps of the interface. Parameters as of the other one.
     */
    HeapRouter(
            List<HeapRing> rings,
            PayloadRules rules,
            StreamAccount[] accounts,
            ChannelClaims claims,
            DumpAssembler assembler,
            IntConsumer endStream,
            Runnable onEnd) {
        this(rings, HeapReader::ofInterface, rules, accounts, claims, assembler, endStream, onEnd);
    }

    /**
     * Makes the router of as many streams as there are rings.
     *
     * @param newReader asked for one reader a stream
     * @param claims kept up to date with what the streams carry
     * @param endStream told the number of a stream whose end-of-stream heap has come; may be told more than once
     * @param onEnd called on the router thread when the last dump has been delivered
     */
    HeapRouter(
            List<HeapRing> rings,
            Supplier<HeapReader> newReader,
            PayloadRules rules,
            StreamAccount[] accounts,
            ChannelClaims claims,
            DumpAssembler assembler,
            IntConsumer endStream,
            Runnable onEnd) {
        this.rings = rings;
        this.rules = rules;
        this.accounts = accounts;
        this.claims = claims;
        this.assembler = assembler;
        this.endStream = endStream;
        this.onEnd = onEnd;
        this.open = rings.size();
        this.ended = new boolean[open];
        this.held = new VisibilityPayload[open];
        this.readers = new HeapReader[open];
        for (int i = 0; i < open; i++) {
            readers[i] = newReader.get();
        }
    }

    @Override
    public String roleName() {
        return "router";
    }

    @Override
    public int doWork() {
        int work = 0;
        for (int i = 0; i < readers.length; i++) {
            if (!ended[i]) {
                work += next(i);
            }
        }
        return open == 0 ? DONE : work;
    }

    /** The dumps still open are delivered also when the router is stopped before its streams have ended. */
    @Override
    public void onClose() {
        try {
            assembler.flush();
            for (int i = 0; i < held.length; i++) {
                if (held[i] != null && !place(i, held[i])) {
                    assembler.flush();
                    place(i, held[i]);
                }
            }
            assembler.flush();
        } finally {
            onEnd.run();
        }
    }

    /** How long no heap has come; 0 before the first, and while a consumer that blocks keeps the router waiting. */
    long idleNanos() {
        // Asked in this order: a router that stops handing on has noted the time before.
        if (handingOn || lastHeapNanos == 0) {
            return 0;
        }
        return System.nanoTime() - lastHeapNanos;
    }

    /** Whether a heap is being handed on now, or waits for a consumer's queue; not while it waits for other streams. */
    boolean isHandingOn() {
        return handingOn;
    }

    /** From the first heap to the last. */
    long activeNanos() {
        return lastHeapNanos - firstHeapNanos;
    }

    /** The longest time between two heaps. */
    long longestPauseNanos() {
        return longestPauseNanos;
    }

    /** Whether the end-of-stream heap of a stream has come. */
    boolean hasAnyEnded() {
        return anyEnded;
    }

    private void noteArrival() {
        long now = System.nanoTime();
        if (firstHeapNanos == 0) {
            firstHeapNanos = now;
        } else if (now - lastHeapNanos > longestPauseNanos) {
            longestPauseNanos = now - lastHeapNanos;
        }
        lastHeapNanos = now;
    }

    /** One heap a turn: a stream that got ahead of another here would push dumps out of a small window. */
    private int next(int stream) {
        if (held[stream] != null) {
            return placeHeld(stream);
        }
        HeapRing ring = rings.get(stream);
        boolean last = ring.isEnded();
        // Before the heap leaves the ring, so that who asks the ring first never overlooks it.
        handingOn = ring.size() > 0;
        Heap heap = handingOn ? ring.poll() : null;
        if (heap == null) {
            handingOn = false;
            if (last) {
                ended[stream] = true;
                open--;
                assembler.streamEnded(stream);
            }
            return last ? 1 : 0;
        }
        try (heap) {
            route(stream, heap);
        }
        noteArrival();
        handingOn = false;
        return 1;
    }

    private void route(int stream, Heap heap) {
        StreamAccount account = accounts[stream];
        if (account.hasEnded()) {
            account.count(StreamCounter.HEAPS_AFTER_END);
            return;
        }
        account.heapSeen(heap.cnt());
        if (heap.isStartOfStream()) {
            account.startSeen();
        }
        if (heap.isEndOfStream()) {
            account.endSeen();
            anyEnded = true;
            endStream.accept(stream);
            return;
        }
        HeapReader reader = readers[stream];
        VisibilityPayload payload = reader.decode().apply(heap);
        if (payload == null) {
            count(account, reader.fault().get());
            return;
        }
        StreamCounter refusal = rules.check(stream, payload);
        if (refusal == null
                && !claims.claim(stream, payload.channelId() + rules.channelIdOffset(), payload.channelCount())) {
            refusal = StreamCounter.BAD_CHANNEL_HEAPS;
        }
        if (refusal != null) {
            refuse(stream, refusal, payload);
        } else {
            place(stream, payload);
        }
    }

    private static void count(StreamAccount account, PayloadFault fault) {
        switch (fault) {
            case NONE, NO_DATA -> {}
            case OFF_GRID -> account.count(StreamCounter.BAD_TIMESTAMP_HEAPS);
            case CHANNELS -> account.refused(StreamCounter.BAD_CHANNEL_HEAPS, fault::text);
            case NO_MEMORY -> account.count(StreamCounter.OVERRUN_HEAPS);
            case NO_CORRELATOR_OUTPUT, NO_CORRELATION_PRODUCTS, ITEM_MISSING, ITEM_TYPE, SIZE, VALUE ->
                account.fault(fault);
        }
    }

    private void refuse(int stream, StreamCounter refusal, VisibilityPayload payload) {
        accounts[stream].refused(refusal, () -> rules.describe(stream, payload));
        payload.release();
    }

    private int placeHeld(int stream) {
        handingOn = true;
        boolean taken = place(stream, held[stream]);
        if (taken) {
            noteArrival();
        }
        handingOn = false;
        return taken ? 1 : 0;
    }

    private boolean place(int stream, VisibilityPayload payload) {
        boolean taken = assembler.add(stream, payload);
        held[stream] = taken ? null : payload;
        return taken;
    }
}
