package org.cbfsdp.telemetry.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer. Immutable by convention: nobody changes the body.
 *
 * @param headers beyond those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of each page for each client would be waste
record HttpResponse(int status, String contentType, Map<String, String> headers, byte[] body) {
    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";

    /** Nothing but our own files may be loaded by the page, and nothing inline. */
    private static final String SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static HttpResponse of(int status, String contentType, String body) {
        return new HttpResponse(status, contentType, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    /** A fault, said in a line. */
    static HttpResponse fault(int status, String sentence) {
        return of(status, TEXT, sentence + "\n");
    }

    HttpResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpResponse(status, contentType, more, body);
    }

    /** The bytes to send: the body is left out of the answer to HEAD, its length is not. */
    byte[] encode(boolean withBody) {
        byte[] head = head(true);
        byte[] bytes = new byte[head.length + (withBody ? body.length : 0)];
        System.arraycopy(head, 0, bytes, 0, head.length);
        if (withBody) {
            System.arraycopy(body, 0, bytes, head.length, body.length);
        }
        return bytes;
    }

    /** The head of an answer without an end. */
    byte[] encodeEndless() {
        return head(false);
    }

    private byte[] head(boolean withLength) {
        StringBuilder head = new StringBuilder(512)
                .append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(reason())
                .append("\r\n");
        header(head, "Content-Type", contentType);
        if (withLength) {
            header(head, "Content-Length", Integer.toString(body.length));
        }
        header(head, "Connection", "close");
        header(head, "Cache-Control", "no-store");
        header(head, "X-Content-Type-Options", "nosniff");
        header(head, "Referrer-Policy", "no-referrer");
        header(head, "Content-Security-Policy", SECURITY_POLICY);
        headers.forEach((name, value) -> header(head, name, value));
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 414 -> "URI Too Long";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "Unknown";
        };
    }
}
