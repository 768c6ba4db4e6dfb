package org.cbfsdp.recv;

import java.util.List;
import java.util.function.IntConsumer;
import org.cbfsdp.icd.IcdFault;
import org.cbfsdp.icd.IcdHeapDecoder;
import org.cbfsdp.payload.VisibilityPayload;
import org.cbfsdp.recv.StreamAccount.Refusal;
import org.spead.agent.Agent;
import org.spead.recv.Heap;
import org.spead.recv.HeapRing;

/**
 * Takes heaps from the rings of all streams, reads them and gives their payloads to the assembly of dumps.
 *
 * <p>One agent for all streams, on the router thread. It ends when every ring has ended and is drained; then the dumps still
 * open are delivered. {@link #idleNanos()} may be asked by any thread.
 */
final class HeapRouter implements Agent {
    private final List<HeapRing> rings;
    private final IcdHeapDecoder[] decoders;
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
    private volatile boolean handingOn;

    /**
     * Makes the router of as many streams as there are rings.
     *
     * @param claims kept up to date with what the streams carry
     * @param endStream told the number of a stream whose end-of-stream heap has come; may be told more than once
     * @param onEnd called on the router thread when the last dump has been delivered
     */
    HeapRouter(
            List<HeapRing> rings,
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
        this.decoders = new IcdHeapDecoder[open];
        for (int i = 0; i < open; i++) {
            decoders[i] = new IcdHeapDecoder();
        }
    }

    @Override
    public String roleName() {
        return "router";
    }

    @Override
    public int doWork() {
        int work = 0;
        for (int i = 0; i < decoders.length; i++) {
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

    /** From the first heap to the last. */
    long activeNanos() {
        return lastHeapNanos - firstHeapNanos;
    }

    private void noteArrival() {
        long now = System.nanoTime();
        if (firstHeapNanos == 0) {
            firstHeapNanos = now;
        }
        lastHeapNanos = now;
    }

    /** One heap a turn: a stream that got ahead of another here would push dumps out of a small window. */
    private int next(int stream) {
        HeapRing ring = rings.get(stream);
        boolean last = ring.isEnded();
        Heap heap = ring.poll();
        if (heap == null) {
            if (last) {
                ended[stream] = true;
                open--;
                assembler.streamEnded(stream);
            }
            return last ? 1 : 0;
        }
        handingOn = true;
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
            account.afterEnd();
            return;
        }
        account.heapSeen(heap.cnt());
        if (heap.isStartOfStream()) {
            account.startSeen();
        }
        if (heap.isEndOfStream()) {
            account.endSeen();
            endStream.accept(stream);
            return;
        }
        IcdHeapDecoder decoder = decoders[stream];
        VisibilityPayload payload = decoder.decode(heap);
        if (payload == null) {
            if (decoder.fault() != IcdFault.NO_DATA) {
                account.refused(Refusal.METADATA);
                account.fault(decoder.fault());
            }
            return;
        }
        Refusal refusal = rules.check(stream, payload);
        if (refusal == null
                && !claims.claim(stream, payload.channelId() + rules.channelIdOffset(), payload.channelCount())) {
            refusal = Refusal.BAD_CHANNEL;
        }
        if (refusal != null) {
            account.refused(refusal, () -> rules.describe(stream, payload));
            payload.release();
            return;
        }
        assembler.add(stream, payload);
    }
}
