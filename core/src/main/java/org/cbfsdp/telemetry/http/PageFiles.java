package org.cbfsdp.telemetry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The files of the live page, read from the jar once. */
final class PageFiles {
    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "page.css", "text/css; charset=utf-8",
            "page.js", "text/javascript; charset=utf-8",
            "history.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml",
            "uplot/uPlot.iife.min.js", "text/javascript; charset=utf-8",
            "uplot/uPlot.min.css", "text/css; charset=utf-8",
            "uplot/LICENSE", "text/plain; charset=utf-8");

    private PageFiles() {}

    /** Serves each file under its name, the page itself under {@code /}. */
    static void addTo(Routes routes) {
        TYPES.forEach((name, type) -> {
            HttpResponse file = new HttpResponse(200, type, Map.of(), read(name));
            routes.add(name.equals("index.html") ? "/" : "/" + name, () -> file);
        });
    }

    private static byte[] read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the page's file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
