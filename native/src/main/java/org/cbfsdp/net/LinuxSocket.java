package org.cbfsdp.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.ReentrantLock;
import org.cbfsdp.jni.NativeLibrary;

/**
 * A UDP socket of Linux that moves a {@link MessageVector} a system call; it never blocks but in {@link #receive}.
 *
 * <p>One thread at a time uses it, whichever. {@link #wake()}, {@link #drops()} and {@link #close()} are for any thread at any
 * time: a close wakes a receive that blocks and waits for it, so that no call meets a descriptor that is somebody else's by now.
 */
public final class LinuxSocket implements AutoCloseable {
    /** Raised with every change of a native method or its meaning; {@code abi.h} has the same number. */
    private static final int ABI = 4;

    private static final NativeLibrary LIBRARY =
            new NativeLibrary("net", ABI, LinuxSocketJni::abi, "it needs the C and C++ run-time libraries alone");

    private final int descriptor;
    private final int event;
    private final boolean ipv6;
    private final DropCounter drops = new DropCounter();
    // Held during every call but the three that any thread may make.
    private final ReentrantLock use = new ReentrantLock();
    // Guards the two below; never held during a call that blocks.
    private final Object state = new Object();
    private volatile boolean open = true;
    private boolean released;

    private LinuxSocket(int descriptor, int event, boolean ipv6) {
        this.descriptor = descriptor;
        this.event = event;
        this.ipv6 = ipv6;
    }

    /** Whether the native library is there; loads it on the first call. Thread-safe. */
    public static boolean isAvailable() {
        return LIBRARY.isAvailable();
    }

    /** Why it is not, every place that was tried with its cause; null when it is. Thread-safe. */
    public static Throwable unavailabilityCause() {
        return LIBRARY.unavailabilityCause();
    }

    /**
     * Loads the native library of this package if need be. Thread-safe.
     *
     * @throws UnsatisfiedLinkError when it cannot be used
     */
    static void ensureAvailable() {
        LIBRARY.ensureAvailable();
    }

    /**
     * Opens a socket.
     *
     * @param ipv6 the family
     * @throws IOException when the system has none, or not this family
     * @throws UnsatisfiedLinkError when the native library cannot be used
     */
    public static LinuxSocket open(boolean ipv6) throws IOException {
        LIBRARY.ensureAvailable();
        int descriptor = checked("a UDP socket cannot be opened", LinuxSocketJni.open(ipv6 ? 6 : 4));
        int event = LinuxSocketJni.openEvent();
        if (event < 0) {
            LinuxSocketJni.close(descriptor);
            throw Errno.exception("an event descriptor cannot be opened", event);
        }
        return new LinuxSocket(descriptor, event, ipv6);
    }

    /** Whether it is of IPv6. */
    public boolean isIpv6() {
        return ipv6;
    }

    /** Whether it has not been closed. Thread-safe. */
    public boolean isOpen() {
        return open;
    }

    /** Binds it to a local address; port 0 lets the system choose. */
    public void bind(InetSocketAddress address) throws IOException {
        call("bind failed", () -> {
            InetAddress ip = address.getAddress();
            return LinuxSocketJni.bind(
                    descriptor, family(), high(ip), low(ip), AddressBits.scope(ip), address.getPort());
        });
    }

    /** Connects it, so that messages need no address, and that nobody listening is reported. */
    public void connect(InetSocketAddress address) throws IOException {
        call("connect failed", () -> {
            InetAddress ip = address.getAddress();
            return LinuxSocketJni.connect(
                    descriptor, family(), high(ip), low(ip), AddressBits.scope(ip), address.getPort());
        });
    }

    /** The port it is bound to. */
    public int localPort() throws IOException {
        return call("the port cannot be told", () -> LinuxSocketJni.localPort(descriptor));
    }

    /** Sets an option, or throws what the system says. */
    public void set(SocketOption option, int value) throws IOException {
        call(
                option + " = " + value + " was refused",
                () -> LinuxSocketJni.setOption(descriptor, option.index(), value));
    }

    /** Sets an option; whether the system took it. */
    public boolean trySet(SocketOption option, int value) throws IOException {
        use.lock();
        try {
            checkOpen();
            return LinuxSocketJni.setOption(descriptor, option.index(), value) >= 0;
        } finally {
            use.unlock();
        }
    }

    /** The value of an option as the system has it; buffers are told as the kernel counts them, twice what was set. */
    public int get(SocketOption option) throws IOException {
        return call(option + " cannot be told", () -> LinuxSocketJni.getOption(descriptor, option.index()));
    }

    /** Joins a group of the socket's family on the interface of that index. */
    public void join(InetAddress group, int interfaceIndex) throws IOException {
        call(
                "joining " + group.getHostAddress() + " failed",
                () -> LinuxSocketJni.join(descriptor, family(), high(group), low(group), interfaceIndex));
    }

    /** Lets multicast packets leave by the interface of that index. */
    public void multicastInterface(int interfaceIndex) throws IOException {
        call(
                "sending multicast by interface " + interfaceIndex + " was refused",
                () -> LinuxSocketJni.multicastInterface(descriptor, family(), interfaceIndex));
    }

    /**
     * Fills slots of equal size, from the start of {@code data}, with a message each.
     *
     * @param slots how many, at most the vector's capacity
     * @param timeoutNanos how long to wait for the first; 0 does not wait
     * @return messages received, as many as the vector then holds; 0 when none came in time or {@link #wake()} was called
     */
    public int receive(ByteBuffer data, MessageVector messages, int slots, int slotBytes, long timeoutNanos)
            throws IOException {
        use.lock();
        try {
            checkOpen();
            int received =
                    MessageVectorJni.receive(descriptor, event, data, messages.block(), slots, slotBytes, timeoutNanos);
            messages.received(Math.max(0, received));
            if (messages.toldDrops()) {
                drops.observe(messages.drops());
            }
            return checked("receiving failed", received);
        } finally {
            use.unlock();
        }
    }

    /**
     * Sends messages of a vector, from {@code first} on, out of {@code data} and their bodies.
     *
     * @return how many were taken; 0 when the socket is full for now; or the negative number of the {@link Errno} with which the
     *     first of them was refused
     */
    public int send(ByteBuffer data, MessageVector messages, int first) throws IOException {
        use.lock();
        try {
            checkOpen();
            return MessageVectorJni.send(
                    descriptor, data, messages.bodies(), messages.block(), first, messages.count());
        } finally {
            use.unlock();
        }
    }

    /** Makes the receive that waits, or the next that would, return at once. Thread-safe; nothing after a close. */
    public void wake() {
        synchronized (state) {
            if (!released) {
                LinuxSocketJni.wake(event);
            }
        }
    }

    /** Messages, of one or many datagrams, that found the receive buffer full since the socket was opened. Thread-safe. */
    public long drops() {
        synchronized (state) {
            if (!released) {
                long reading = LinuxSocketJni.drops(descriptor);
                if (reading >= 0) {
                    drops.observe((int) reading);
                }
            }
        }
        return drops.total();
    }

    /** Ends a receive that waits and releases the descriptors. Idempotent, thread-safe. */
    @Override
    public void close() {
        open = false;
        wake();
        use.lock();
        try {
            drops();
            synchronized (state) {
                if (!released) {
                    released = true;
                    LinuxSocketJni.close(descriptor);
                    LinuxSocketJni.close(event);
                }
            }
        } finally {
            use.unlock();
        }
    }

    /** A native call that gives {@code -errno} when it fails. */
    @FunctionalInterface
    private interface Call {
        int make();
    }

    private int call(String failure, Call call) throws IOException {
        use.lock();
        try {
            checkOpen();
            return checked(failure, call.make());
        } finally {
            use.unlock();
        }
    }

    private void checkOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    private static int checked(String failure, int outcome) throws IOException {
        if (outcome < 0) {
            throw Errno.exception(failure, outcome);
        }
        return outcome;
    }

    private int family() {
        return ipv6 ? 6 : 4;
    }

    private long high(InetAddress address) {
        return AddressBits.high(address, ipv6);
    }

    private long low(InetAddress address) {
        return AddressBits.low(address, ipv6);
    }

    @Override
    public String toString() {
        return "UDP socket " + descriptor + (open ? "" : " (closed)");
    }
}
