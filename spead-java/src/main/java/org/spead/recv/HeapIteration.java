package org.spead.recv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The whole heaps of a ring for a loop, which waits for each and closes it:
 *
 * <pre>{@code
 * try (HeapIteration heaps = new HeapIteration(ring)) {
 *     for (Heap heap : heaps) {
 *         try (heap) { ... }
 *     }
 * }
 * }</pre>
 *
 * <p>The loop ends when the ring has. To leave it early and {@link #close()} stops the ring. Confined to one thread, and
 * good for one loop.
 */
public final class HeapIteration implements Iterable<Heap>, AutoCloseable {
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HeapRing ring;
    private final Supplier<Optional<IOException>> failure;
    private Heap next;

    /** A loop that ends in the same way whether or not a source was lost. */
    public HeapIteration(HeapRing ring) {
        this(ring, Optional::empty);
    }

    /**
     * A loop that ends with an {@link UncheckedIOException} when a source was lost.
     *
     * @param failure asked when the ring has ended, such as {@code stream::failure}
     */
    public HeapIteration(HeapRing ring, Supplier<Optional<IOException>> failure) {
        this.ring = ring;
        this.failure = failure;
    }

    /**
     * Waits in {@code hasNext}, which throws a {@link CancellationException} when the thread is interrupted (which it then still
     * is), and at the end an {@link UncheckedIOException} when a source was lost. Each heap is the caller's to close.
     */
    @Override
    public Iterator<Heap> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return awaitNext();
            }

            @Override
            public Heap next() {
                if (!awaitNext()) {
                    throw new NoSuchElementException("the ring has ended");
                }
                Heap heap = next;
                next = null;
                return heap;
            }
        };
    }

    /** Stops the ring, so that its streams do not wait for a loop that has been left. Idempotent. */
    @Override
    public void close() {
        if (next != null) {
            next.close();
            next = null;
        }
        ring.stop();
    }

    private boolean awaitNext() {
        try {
            while (next == null && !ring.isEnded()) {
                next = ring.take(WAIT_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for a heap");
        }
        IOException cause = failure.get().orElse(null);
        if (next == null && cause != null) {
            throw new UncheckedIOException("the stream lost a source: " + cause.getMessage(), cause);
        }
        return next != null;
    }
}
