package org.cbfsdp.telemetry.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.cbfsdp.telemetry.status.EventBus;

/**
 * One client: its request is read, its answer written, then it is closed; or it is sent events for as long as it reads
 * them. Called only by the server's thread.
 *
 * <p>Never keeps more of a client than one head and, of what it has not read, {@link #MAX_PENDING_BYTES} of events.
 */
final class Connection {
    /** A client of events that has not read so many bytes is dropped. */
    static final int MAX_PENDING_BYTES = 256 * 1024;

    /** What is still read, and thrown away, after the answer: closing on unread bytes would take the answer with it. */
    private static final int MAX_LINGER_BYTES = 1024 * 1024;

    private static final long LINGER_NANOS = 1_000_000_000;

    /** How a connection ended. */
    enum End {
        NOT_YET,
        FINISHED,
        TOO_SLOW
    }

    private enum State {
        READING,
        ANSWERING,
        EVENTS,
        LINGERING
    }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ServerLimits limits;
    private final byte[] head = new byte[HttpRequest.MAX_HEAD_BYTES];
    private int headBytes;
    private State state = State.READING;
    private long deadlineNanos;
    private int lingerBytes;
    private ByteBuffer pending = ByteBuffer.allocate(0);
    private EventBus.Subscription events;

    Connection(SocketChannel channel, SelectionKey key, ServerLimits limits, long nowNanos) {
        this.channel = channel;
        this.key = key;
        this.limits = limits;
        this.deadlineNanos = nowNanos + limits.requestNanos();
    }

    /**
     * Reads what has come.
     *
     * @return the request when it is whole, null before that and after it
     * @throws IOException when the client is gone
     */
    HttpRequest read() throws IOException {
        if (state != State.READING) {
            discard();
            return null;
        }
        int read = channel.read(ByteBuffer.wrap(head, headBytes, head.length - headBytes));
        if (read < 0) {
            throw new IOException("the client closed before its request was whole");
        }
        headBytes += read;
        int length = HttpRequest.headLength(head, headBytes);
        if (length > 0) {
            return HttpRequest.parse(head, length);
        }
        return headBytes < head.length
                ? null
                : HttpRequest.refuse(431, "The request's head is longer than " + head.length + " bytes.");
    }

    /** Begins to write an answer. */
    void answer(byte[] bytes, long nowNanos) throws IOException {
        state = State.ANSWERING;
        deadlineNanos = nowNanos + limits.responseNanos();
        pending = ByteBuffer.wrap(bytes);
        write(nowNanos);
    }

    /** Begins to write events, those in {@code first} before all others. */
    void stream(byte[] first, EventBus.Subscription subscription, long nowNanos) throws IOException {
        state = State.EVENTS;
        events = subscription;
        pending = ByteBuffer.wrap(first);
        deadlineNanos = nowNanos + limits.responseNanos();
        write(nowNanos);
    }

    boolean isStreaming() {
        return state == State.EVENTS;
    }

    /** Writes as much as the client takes now. */
    void write(long nowNanos) throws IOException {
        int written = channel.write(pending);
        if (state == State.EVENTS && (written > 0 || !pending.hasRemaining())) {
            deadlineNanos = nowNanos + limits.responseNanos();
        }
        if (state == State.ANSWERING && !pending.hasRemaining()) {
            channel.shutdownOutput();
            state = State.LINGERING;
            deadlineNanos = nowNanos + LINGER_NANOS;
        }
        // While an answer is written nothing is read: a client that has closed its side still waits for it.
        int reading = state == State.ANSWERING ? 0 : SelectionKey.OP_READ;
        key.interestOps(reading | (pending.hasRemaining() ? SelectionKey.OP_WRITE : 0));
    }

    /**
     * Sends the events that have come up, and looks at the clock.
     *
     * @return whether the connection is to be closed, and why
     */
    End tick(long nowNanos) throws IOException {
        if (state == State.EVENTS) {
            if (events.missedEvents() > 0 || !takeEvents()) {
                return End.TOO_SLOW;
            }
            write(nowNanos);
        }
        if (deadlineNanos - nowNanos > 0) {
            return End.NOT_YET;
        }
        return state == State.LINGERING ? End.FINISHED : End.TOO_SLOW;
    }

    /** Closes the socket and lets go of the events. */
    void close() {
        if (events != null) {
            events.close();
        }
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
            key.cancel();
        }
    }

    /** One event in the form of server-sent events. */
    static String format(EventBus.Event event) {
        return "event: " + event.type() + "\ndata: " + event.json() + "\n\n";
    }

    private boolean takeEvents() {
        StringBuilder text = new StringBuilder();
        for (EventBus.Event event = events.poll(); event != null; event = events.poll()) {
            text.append(format(event));
        }
        if (text.length() > 0) {
            byte[] more = text.toString().getBytes(StandardCharsets.UTF_8);
            if (pending.remaining() + more.length > MAX_PENDING_BYTES) {
                return false;
            }
            ByteBuffer joined = ByteBuffer.allocate(pending.remaining() + more.length);
            pending = joined.put(pending).put(more).flip();
        }
        return true;
    }

    private void discard() throws IOException {
        ByteBuffer waste = ByteBuffer.wrap(head);
        int read = channel.read(waste);
        if (read < 0) {
            throw new IOException("the client has closed");
        }
        lingerBytes += read;
        if (lingerBytes > MAX_LINGER_BYTES) {
            throw new IOException("the client sends on and on");
        }
    }
}
