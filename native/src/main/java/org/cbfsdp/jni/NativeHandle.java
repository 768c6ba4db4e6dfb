package org.cbfsdp.jni;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A number that stands for a native object: open or closed, owned by one thread, with children that must go first.
 *
 * <p>Belongs to the thread that made it: {@link #value()}, {@link #child} and {@link #close()} refuse any other with
 * an {@link IllegalStateException} that names both. {@link #isOpen()} may be asked from anywhere. The number never
 * leaves by another way than {@link #value()}, so a use after close is an exception and not a crash.
 */
public final class NativeHandle implements AutoCloseable {
    private final String name;
    private final long value;
    private final LongConsumer free;
    private final NativeHandle parent;
    private final Thread owner = Thread.currentThread();
    private final List<NativeHandle> openChildren = new ArrayList<>();
    private volatile boolean open = true;

    /**
     * Takes over a native object for the calling thread.
     *
     * @param name how messages call it, such as {@code table /data/a.ms}
     * @param value the number the native side knows it by
     * @param free called once with that number by {@link #close()}
     */
    public NativeHandle(String name, long value, LongConsumer free) {
        this(name, value, free, null);
    }

    private NativeHandle(String name, long value, LongConsumer free, NativeHandle parent) {
        this.name = name;
        this.value = value;
        this.free = free;
        this.parent = parent;
    }

    /** Takes over a native object that must be closed before this one. */
    public NativeHandle child(String childName, long childValue, LongConsumer childFree) {
        check();
        NativeHandle child = new NativeHandle(childName, childValue, childFree, this);
        openChildren.add(child);
        return child;
    }

    /** The number, for the native call that follows at once; throws when closed or on a foreign thread. */
    public long value() {
        check();
        return value;
    }

    /** Throws when closed or on a foreign thread. */
    public void check() {
        checkThread();
        if (!open) {
            throw new IllegalStateException(name + " is closed");
        }
    }

    /** Whether it has not been closed; from any thread. */
    public boolean isOpen() {
        return open;
    }

    /** The names of the children that are still open, in the order they were made. */
    public List<String> openChildren() {
        checkThread();
        return openChildren.stream().map(child -> child.name).toList();
    }

    /**
     * Frees the native object; does nothing the second time. Throws and changes nothing while a child is open. When
     * the native side fails the handle is closed all the same.
     */
    @Override
    public void close() {
        checkThread();
        if (!open) {
            return;
        }
        if (!openChildren.isEmpty()) {
            throw new IllegalStateException(
                    name + " cannot be closed before " + String.join(", ", openChildren()) + ", opened from it");
        }
        open = false;
        if (parent != null) {
            parent.openChildren.remove(this);
        }
        free.accept(value);
    }

    private void checkThread() {
        Thread caller = Thread.currentThread();
        if (caller != owner) {
            throw new IllegalStateException(
                    name + " belongs to thread " + owner.getName() + " and was used from thread " + caller.getName());
        }
    }

    @Override
    public String toString() {
        return name + (open ? "" : " (closed)");
    }
}
