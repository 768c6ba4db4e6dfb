package org.cbfsdp.telemetry.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends the bytes it is told to, sound or not. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    /** Little, so that a client that does not read is noticed soon. */
    private static final int RECEIVE_BUFFER_BYTES = 16 * 1024;

    private final Socket socket = new Socket();
    private final InputStream in;

    RawClient(InetSocketAddress server) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.connect(server);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a request and returns all that comes back until the server closes. */
    static String ask(InetSocketAddress server, String request) throws IOException {
        try (RawClient client = new RawClient(server)) {
            client.send(request);
            return client.readAll();
        }
    }

    static String get(InetSocketAddress server, String path) throws IOException {
        return ask(server, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    Socket socket() {
        return socket;
    }

    void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    String readAll() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Reads up to and with {@code end}, or to the end; ASCII only. */
    String readUntil(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!endsWith(text, end)) {
            int read = in.read();
            if (read < 0) {
                break;
            }
            text.append((char) read);
        }
        return text.toString();
    }

    private static boolean endsWith(StringBuilder text, String end) {
        return text.length() >= end.length() && text.indexOf(end, text.length() - end.length()) >= 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
