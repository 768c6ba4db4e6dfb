package org.cbfsdp.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Endpoints between commas, each {@code host:port} or, for several ports of one host, {@code host:first-last}. */
record EndpointListType() implements SettingType<List<Endpoint>> {
    private static final Pattern FORM =
            Pattern.compile("(?<host>\\[[^\\]]+\\]|[^\\[\\]:]+):(?<first>[0-9]{1,9})(?:-(?<last>[0-9]{1,9}))?");
    private static final int LAST_PORT = 65_535;

    @Override
    public String name() {
        return "endpoints";
    }

    @Override
    public String range() {
        return "host:port or host:first-last between commas, IPv6 addresses in brackets";
    }

    @Override
    public List<Endpoint> parse(String text) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            add(part.strip(), endpoints);
        }
        return List.copyOf(endpoints);
    }

    private static void add(String text, List<Endpoint> endpoints) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new BadValueException("has '" + text.replace("\n", "\\n")
                    + "' in it, which is no endpoint; give host:port or host:first-last between commas, an IPv6 address in"
                    + " brackets");
        }
        String host = form.group("host").replaceAll("[\\[\\]]", "");
        TextType.host().parse(host);
        int first = port(form.group("first"));
        int last = form.group("last") == null ? first : port(form.group("last"));
        if (last < first) {
            throw new BadValueException("has '" + text + "' in it, whose last port is below the first");
        }
        for (int port = first; port <= last; port++) {
            Endpoint endpoint = new Endpoint(host, port);
            if (endpoints.size() == LAST_PORT) {
                throw new BadValueException("has more than " + LAST_PORT + " endpoints");
            }
            endpoints.add(endpoint);
        }
    }

    private static int port(String digits) {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > LAST_PORT) {
            throw new BadValueException("has port " + digits + " in it; ports are from 1 to " + LAST_PORT);
        }
        return port;
    }
}
