package org.cbfsdp.send;

import org.cbfsdp.telemetry.status.ProgramStatus;

/**
 * One stream as its telemetry sees it: a view of counts that others keep. Immutable; any thread may ask.
 *
 * @param index number of the stream
 * @param place where it goes
 * @param sender which counts heaps
 * @param visibilitiesPerHeap the same in every data heap
 */
record SentStream(int index, String place, StreamSender sender, long visibilitiesPerHeap) {
    private static final double NANOS_PER_SECOND = 1e9;

    long heaps() {
        return sender.sentHeaps();
    }

    long bytes() {
        return sender.sentBytes();
    }

    long visibilities() {
        return heaps() * visibilitiesPerHeap;
    }

    /** Of any kind. */
    long failedHeaps() {
        return sender.stream().stats().failedHeaps();
    }

    double lagSeconds() {
        return sender.lagNanos() / NANOS_PER_SECOND;
    }

    /** As all views show it. */
    ProgramStatus.Stream status() {
        return new ProgramStatus.Stream(
                Integer.toString(index),
                place,
                heaps(),
                bytes(),
                sender.stream().stats().packets(),
                0,
                failedHeaps(),
                0,
                sender.hasEnded());
    }
}
