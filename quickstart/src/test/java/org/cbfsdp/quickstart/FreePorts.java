package org.cbfsdp.quickstart;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Finds ports to listen at, by UDP or TCP. Each call goes on where the one before ended, and each process begins elsewhere, so that no
 * other takes them before they are used. Used by one thread.
 */
final class FreePorts {
    private static final int FIRST = 20_000;

    /** Above are the ports that the system hands out itself. */
    private static final int COUNT = 12_000;

    /** Processes whose numbers are neighbours begin far from each other. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(FIRST + (int) (ProcessHandle.current().pid() * 97 % COUNT));

    private FreePorts() {}

    /** The first of {@code count} neighbouring ports that were free a moment ago. */
    static int first(int count) throws IOException {
        for (int tries = 0; tries < COUNT; tries++) {
            if (NEXT.get() + count > FIRST + COUNT) {
                NEXT.set(FIRST);
            }
            int first = NEXT.getAndAdd(count);
            if (IntStream.range(first, first + count).allMatch(FreePorts::isFree)) {
                return first;
            }
        }
        throw new IOException("no " + count + " neighbouring ports are free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket stream = new ServerSocket(port);
                DatagramSocket datagrams = new DatagramSocket(port)) {
            return stream.isBound() && datagrams.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
