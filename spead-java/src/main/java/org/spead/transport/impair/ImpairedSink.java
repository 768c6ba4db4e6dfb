package org.spead.transport.impair;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/**
 * Loses, doubles, delays and damages packets on their way to another sink, as a seeded generator says: the same seed and the same
 * packets have the same fate, whatever the time and however the packets are divided into batches. Confined to one thread.
 *
 * <p>A packet that is held back goes right after the last of those that go before it, also when that one is lost; packets that
 * may not be impaired are overtaken by none, unless the choice says that they may go first.
 */
public final class ImpairedSink extends AlteringSink {
    private final PacketImpairments impairments;
    private final PacketChoice choice;
    private final ImpairmentListener listener;
    private final SplittableRandom random;
    private final Queue<Held> held = new ArrayDeque<>();
    private long passed;

    /** A packet that goes when so many have passed, or is told to somebody if it never does. */
    private record Held(PacketBatch packet, long whenPassed, Runnable ifNeverSent) {}

    /**
     * Impairs packets on their way to a sink.
     *
     * @param sink belongs to this one, and is closed with it
     */
    public ImpairedSink(
            PacketSink sink,
            PacketImpairments impairments,
            long seed,
            PacketChoice choice,
            ImpairmentListener listener) {
        super(sink);
        this.impairments = impairments;
        this.choice = choice;
        this.listener = listener;
        this.random = new SplittableRandom(seed);
    }

    @Override
    protected void alter(PacketBatch batch, int index, Outgoing out) {
        if (!choice.mayImpair(batch, index)) {
            if (!choice.mayOvertake(batch, index)) {
                release(out);
            }
            out.add(batch, index);
            return;
        }
        passed++;
        PacketImpairment what = batch.length(index) == 0 ? null : impairments.at(random.nextDouble());
        if (what == null) {
            out.add(batch, index);
        } else {
            impair(what, batch, index, out);
        }
        while (!held.isEmpty() && held.element().whenPassed() <= passed) {
            sendHeld(out);
        }
    }

    private void impair(PacketImpairment what, PacketBatch batch, int index, Outgoing out) {
        int bit =
                what == PacketImpairment.CORRUPT ? random.nextInt(8 * batch.length(index)) : ImpairmentListener.NO_BIT;
        listener.impaired(what, batch, index, bit);
        switch (what) {
            case DROP -> {
                // That is all.
            }
            case DUPLICATE -> {
                out.add(batch, index);
                out.add(batch, index);
            }
            case REORDER ->
                held.add(new Held(
                        batch.copy(index), passed + impairments.reorderDistance(), listener.ifNeverSent(batch, index)));
            case CORRUPT -> {
                flip(batch, index, bit);
                out.add(batch, index);
                flip(batch, index, bit);
            }
        }
    }

    @Override
    protected void release(Outgoing out) {
        while (!held.isEmpty()) {
            sendHeld(out);
        }
    }

    private void sendHeld(Outgoing out) {
        out.add(held.remove().packet(), 0);
    }

    /** Gives up what is held back, telling of each packet. Called by the sink's thread, or by another after that has ended. */
    public void abandon() {
        held.forEach(packet -> packet.ifNeverSent().run());
        held.clear();
    }

    private static void flip(PacketBatch batch, int index, int bit) {
        int at = batch.offset(index) + bit / 8;
        batch.buffer().put(at, (byte) (batch.buffer().get(at) ^ (0x80 >>> (bit % 8))));
    }
}
