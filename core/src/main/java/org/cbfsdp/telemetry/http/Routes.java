package org.cbfsdp.telemetry.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Which path is answered by whom. Fixed once the server runs; suppliers are called by the server's thread. */
final class Routes {
    /** The path of the stream of events, which the server answers itself. */
    static final String EVENTS = "/api/events";

    private final Map<String, Supplier<HttpResponse>> routes = new TreeMap<>();

    Routes add(String path, Supplier<HttpResponse> answer) {
        routes.put(path, answer);
        return this;
    }

    /** The answer to a sound request, or to an unsound one the fault; one that fails is a 500 and throws nothing. */
    HttpResponse answer(HttpRequest request) {
        if (request.fault().isPresent()) {
            return request.fault().get();
        }
        Supplier<HttpResponse> answer = routes.get(request.path());
        if (answer == null) {
            return HttpResponse.fault(
                    404, "There is nothing here. There is: " + String.join(" ", routes.keySet()) + " " + EVENTS);
        }
        try {
            return answer.get();
        } catch (RuntimeException e) {
            return HttpResponse.fault(500, "The answer could not be made: " + e);
        }
    }
}
