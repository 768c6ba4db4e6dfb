package org.cbfsdp.telemetry.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The head of a request as far as it matters here, or the fault that it is refused for. Bytes never throw.
 *
 * @param path without the query; empty when there is a fault
 * @param fault what to answer instead
 */
record HttpRequest(boolean wantsBody, String path, Optional<HttpResponse> fault) {
    /** A head that is longer is refused. */
    static final int MAX_HEAD_BYTES = 8192;

    private static final int MAX_TARGET_BYTES = 2048;
    private static final int MAX_HEADERS = 64;

    /** The number of bytes up to and with the empty line that ends a head, or -1 when it is not there yet. */
    static int headLength(byte[] bytes, int length) {
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Reads a whole head. */
    static HttpRequest parse(byte[] bytes, int length) {
        String head = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        if (!head.chars().allMatch(c -> c == '\r' || c == '\n' || c == '\t' || (c >= ' ' && c < 0x7f))) {
            return refuse(400, "The request has bytes in its head that are not printable ASCII.");
        }
        List<String> lines = List.of(head.split("\r\n"));
        if (lines.stream().anyMatch(line -> line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0)) {
            return refuse(400, "The lines of the request do not end in CR LF.");
        }
        String[] words = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
        if (words.length != 3 || words[0].isEmpty()) {
            return refuse(400, "The request line is not METHOD PATH VERSION.");
        }
        if (!words[2].equals("HTTP/1.1") && !words[2].equals("HTTP/1.0")) {
            return refuse(505, "This server speaks HTTP/1.1.");
        }
        List<String> headers = lines.subList(1, lines.size());
        if (headers.size() > MAX_HEADERS) {
            return refuse(431, "The request has more than " + MAX_HEADERS + " headers.");
        }
        if (headers.stream().anyMatch(line -> line.indexOf(':') < 1)) {
            return refuse(400, "A header of the request is not NAME: VALUE.");
        }
        return target(words[0], words[1]);
    }

    static HttpRequest refuse(int status, String sentence) {
        return new HttpRequest(true, "", Optional.of(HttpResponse.fault(status, sentence)));
    }

    private static HttpRequest target(String method, String target) {
        boolean head = method.equals("HEAD");
        if (!head && !method.equals("GET")) {
            HttpResponse fault =
                    HttpResponse.fault(405, "Only GET and HEAD are answered.").with("Allow", "GET, HEAD");
            return new HttpRequest(true, "", Optional.of(fault));
        }
        if (target.length() > MAX_TARGET_BYTES) {
            return refuse(414, "The path is longer than " + MAX_TARGET_BYTES + " bytes.");
        }
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        // No path here has a percent or two dots, so one that has either is looked at no further.
        if (!path.startsWith("/") || path.contains("..") || path.indexOf('%') >= 0 || path.indexOf('\\') >= 0) {
            return refuse(400, "The path is not one that this server could have.");
        }
        return new HttpRequest(!head, path, Optional.empty());
    }
}
