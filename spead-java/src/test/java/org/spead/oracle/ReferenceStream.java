package org.spead.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A reference packet stream and what the reference receiver made of it.
 *
 * @param bytes all packets, one after another
 * @param json the description
 */
public record ReferenceStream(String name, byte[] bytes, JsonNode json) {
    /** Loads a stream from the test resources. */
    public static ReferenceStream load(String name) {
        return new ReferenceStream(name, resource("/vectors/" + name + ".bin"), json("/vectors/" + name + ".json"));
    }

    /** Parses a JSON test resource. */
    public static JsonNode json(String path) {
        try {
            return new ObjectMapper().readTree(resource(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packets. */
    public List<byte[]> packets() {
        List<byte[]> packets = new ArrayList<>();
        for (JsonNode packet : json.get("packets")) {
            int offset = packet.get(0).asInt();
            packets.add(Arrays.copyOfRange(bytes, offset, offset + packet.get(1).asInt()));
        }
        return packets;
    }

    /** The heaps that a receiver of datagrams with the default configuration delivered. */
    public JsonNode heaps() {
        return json.get("results").get("datagram").get("default").get("heaps");
    }

    private static byte[] resource(String path) {
        try (InputStream in = ReferenceStream.class.getResourceAsStream(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
