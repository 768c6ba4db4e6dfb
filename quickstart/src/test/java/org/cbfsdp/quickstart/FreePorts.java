package org.cbfsdp.quickstart;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;

/** Finds UDP ports to listen at. Used by one thread. */
final class FreePorts {
    private static final int FIRST = 21000;

    /** Above are the ports that the system hands out itself. */
    private static final int LAST = 31999;

    private FreePorts() {}

    /** The first of {@code count} neighbouring ports that were free a moment ago. */
    static int first(int count) throws IOException {
        for (int first = FIRST; first + count <= LAST; first += count) {
            if (areFree(first, count)) {
                return first;
            }
        }
        throw new IOException("no " + count + " neighbouring UDP ports are free");
    }

    private static boolean areFree(int first, int count) throws IOException {
        for (int port = first; port < first + count; port++) {
            if (!isFree(port)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFree(int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (SocketException e) {
            return false;
        }
    }
}
