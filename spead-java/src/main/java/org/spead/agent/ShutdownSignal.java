package org.spead.agent;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;

/**
 * SIGINT, SIGTERM and SIGHUP as a program wants them: the first asks it to stop, a further one wants it gone at once, unless it
 * comes within a second of the first: some programs signal a child and then its whole group.
 *
 * <p>The JDK offers {@code sun.misc.Signal} and nothing else to catch a signal without ending; it is reached by reflection
 * because the compiler warns of it in a way that cannot be silenced. Where it is missing the signals keep their default
 * effect. Thread-safe. Both calls come on the virtual machine's signal thread, where the request must only set something in
 * motion; how to be gone is the program's to say.
 */
public final class ShutdownSignal {
    private static final String[] SIGNALS = {"INT", "TERM", "HUP"};

    private static final long ONE_AND_THE_SAME_NANOS = 1_000_000_000;

    private ShutdownSignal() {}

    /**
     * Calls {@code request} on the first signal, and {@code force} on each that comes later than a second after it.
     *
     * @return whether the signals could be caught
     */
    public static boolean onFirst(Runnable request, Runnable force) {
        AtomicLong firstNanos = new AtomicLong();
        Runnable onSignal = () -> {
            long now = System.nanoTime();
            if (firstNanos.compareAndSet(0, now == 0 ? 1 : now)) {
                request.run();
            } else if (now - firstNanos.get() > ONE_AND_THE_SAME_NANOS) {
                force.run();
            }
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    ShutdownSignal.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            onSignal.run();
                        }
                        return null;
                    });
            for (String name : SIGNALS) {
                signal.getMethod("handle", signal, handlerType)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
            }
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
