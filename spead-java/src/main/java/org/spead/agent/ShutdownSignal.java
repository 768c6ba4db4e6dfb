package org.spead.agent;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGINT and SIGTERM as a program wants them: the first asks it to stop, the second ends it at once.
 *
 * <p>The JDK offers {@code sun.misc.Signal} and nothing else to catch a signal without ending; it is reached by reflection
 * because the compiler warns of it in a way that cannot be silenced. Where it is missing the signals keep their default
 * effect. Thread-safe. The request runs on the virtual machine's signal thread and must only set something in motion.
 */
public final class ShutdownSignal {
    /** What the shell reports for a program that SIGINT ended. */
    private static final int FORCED_EXIT = 130;

    private static final String[] SIGNALS = {"INT", "TERM"};

    private ShutdownSignal() {}

    /**
     * Calls {@code request} on the first SIGINT or SIGTERM; a further one halts the virtual machine with code 130.
     *
     * @return whether the signals could be caught
     */
    public static boolean onFirst(Runnable request) {
        AtomicBoolean asked = new AtomicBoolean();
        Runnable onSignal = () -> {
            if (asked.getAndSet(true)) {
                Runtime.getRuntime().halt(FORCED_EXIT);
            }
            request.run();
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
