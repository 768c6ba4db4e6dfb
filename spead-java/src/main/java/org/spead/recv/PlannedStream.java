package org.spead.recv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.spead.transport.PacketSource;

/**
 * A stream whose sources are opened, all at once, when it is {@linkplain #start started}: until then nothing is bound and
 * nothing queues up anywhere. Owns the sources it has opened. Confined to the thread that plans it.
 */
public final class PlannedStream implements AutoCloseable {
    private final ReceiveConfig config;
    private final HeapSink sink;
    private final BufferPool buffers;
    private final FaultListener listener;
    private final LongSupplier nanoClock;
    private final List<SourceOpener> openers = new ArrayList<>();
    private final List<PacketSource> opened = new ArrayList<>();
    private boolean started;

    /** A stream that tells nobody of its faults but its counters. */
    public PlannedStream(ReceiveConfig config, HeapSink sink, BufferPool buffers) {
        this(config, sink, buffers, FaultListener.NONE, System::nanoTime);
    }

    /** See {@link ReceiveStream#ReceiveStream(ReceiveConfig, List, HeapSink, BufferPool, FaultListener, LongSupplier)}. */
    public PlannedStream(
            ReceiveConfig config, HeapSink sink, BufferPool buffers, FaultListener listener, LongSupplier nanoClock) {
        this.config = config;
        this.sink = sink;
        this.buffers = buffers;
        this.listener = listener;
        this.nanoClock = nanoClock;
    }

    /**
     * Adds a source; the stream ends with the first of several that stops.
     *
     * @throws IllegalStateException when the stream was started
     */
    public PlannedStream addSource(SourceOpener opener) {
        requireNotStarted("take another source");
        openers.add(opener);
        return this;
    }

    /**
     * Opens all sources in the order in which they were added, and makes the stream of them, which its user then runs.
     *
     * @throws IOException when a source cannot be opened; those before it are closed, and it may be tried again
     * @throws IllegalStateException when the stream was started
     * @throws IllegalArgumentException when there is no source
     */
    public ReceiveStream start() throws IOException {
        requireNotStarted("start");
        try {
            for (SourceOpener opener : openers) {
                opened.add(opener.open());
            }
            ReceiveStream stream = new ReceiveStream(config, opened, sink, buffers, listener, nanoClock);
            started = true;
            return stream;
        } catch (IOException | RuntimeException e) {
            closeOpened(e);
            throw e;
        }
    }

    /** Closes the sources; to be called after the stream's runner has ended. Idempotent. */
    @Override
    public void close() throws IOException {
        started = true;
        IOException failure = new IOException("a source of stream " + config.streamId() + " could not be closed");
        closeOpened(failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private void closeOpened(Exception cause) {
        for (PacketSource source : opened) {
            try {
                source.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
        opened.clear();
    }

    private void requireNotStarted(String what) {
        if (started) {
            throw new IllegalStateException("stream " + config.streamId() + " has started and cannot " + what);
        }
    }
}
