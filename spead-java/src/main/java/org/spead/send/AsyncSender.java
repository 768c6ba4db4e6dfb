package org.spead.send;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends heaps by a {@link SendStream} that an agent runs, and says by futures what became of them. Called by the one thread
 * that offers.
 *
 * <p>A future is completed on the stream's thread, in the order of the queue, with the bytes of packets sent or with the
 * first {@link IOException} of the heap or group; what depends on it runs there, unless it asks for an executor, and should be
 * short. When the queue is full it has failed already with a {@link QueueFullException}.
 *
 * <p><b>Cancelling</b> a future, or completing it otherwise, ends the interest in it and nothing else: packets may have left
 * already, so the rest follows them, and the heap is in flight until it is done. {@link #flush()} still waits for it.
 */
public final class AsyncSender {
    private final SendStream stream;
    private CompletableFuture<Void> lastDone = CompletableFuture.completedFuture(null);

    /** Offers to this stream. */
    public AsyncSender(SendStream stream) {
        this.stream = stream;
    }

    /** Sends a heap under the next heap count. */
    public CompletableFuture<Long> send(SendHeap heap) {
        return send(HeapReference.of(heap));
    }

    /** Sends a heap; throws what {@link SendStream#offer(HeapReference, HeapCompletion)} does. */
    public CompletableFuture<Long> send(HeapReference heap) {
        Pending pending = new Pending();
        return queued(pending, stream.offer(heap, (done, bytesSent, error) -> pending.complete(bytesSent, error)));
    }

    /** Sends a group of heaps; throws what {@link SendStream#offerGroup} does. */
    public CompletableFuture<Long> sendGroup(List<HeapReference> heaps, GroupMode mode) {
        Pending pending = new Pending();
        return queued(
                pending,
                stream.offerGroup(heaps, mode, (done, bytesSent, error) -> pending.complete(bytesSent, error)));
    }

    /**
     * A future that is completed when every heap queued before has left the stream, sent or not: it never fails. To wait, join
     * it from any thread but the stream's.
     */
    public CompletableFuture<Void> flush() {
        return lastDone.copy();
    }

    private CompletableFuture<Long> queued(Pending pending, boolean taken) {
        if (!taken) {
            return CompletableFuture.failedFuture(
                    new QueueFullException("stream " + stream.roleName() + " has no room for more heaps"));
        }
        lastDone = pending.done;
        return pending.result;
    }

    /** The owner's future, and one of our own that nobody else can complete. */
    private static final class Pending {
        private final CompletableFuture<Long> result = new CompletableFuture<>();
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        private void complete(long bytesSent, IOException error) {
            if (error == null) {
                result.complete(bytesSent);
            } else {
                result.completeExceptionally(error);
            }
            done.complete(null);
        }
    }
}
