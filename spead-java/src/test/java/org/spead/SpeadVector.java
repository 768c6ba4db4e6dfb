package org.spead;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A reference packet stream, and what another receiver made of it.
 *
 * @param bytes the packets back to back
 * @param packets where they lie
 * @param configs receiver options by configuration name, in the JSON's own words
 * @param results by reader, then by configuration: {@code heaps} and {@code stats} as the vectors' README describes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record SpeadVector(
        String name,
        byte[] bytes,
        List<Packet> packets,
        Map<String, JsonNode> configs,
        Map<String, Map<String, JsonNode>> results) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where a packet lies in the stream. */
    public record Packet(int offset, int length) {}

    /** The names of all vectors that begin with one of {@code families}, in the order of the index. */
    public static List<String> names(String families) {
        List<String> names = new ArrayList<>();
        for (JsonNode entry : json("index")) {
            String name = entry.get("name").asText();
            if (families.indexOf(name.charAt(0)) >= 0) {
                names.add(name);
            }
        }
        return names;
    }

    /** Reads a vector from the class path. */
    public static SpeadVector load(String name) {
        JsonNode json = json(name);
        List<Packet> packets = new ArrayList<>();
        for (JsonNode packet : json.get("packets")) {
            packets.add(new Packet(packet.get(0).asInt(), packet.get(1).asInt()));
        }
        Map<String, JsonNode> configs = new TreeMap<>();
        if (json.has("configs")) {
            json.get("configs").properties().forEach(entry -> configs.put(entry.getKey(), entry.getValue()));
        }
        Map<String, Map<String, JsonNode>> results = new TreeMap<>();
        json.get("results").properties().forEach(reader -> {
            Map<String, JsonNode> byConfig = new TreeMap<>();
            reader.getValue().properties().forEach(entry -> byConfig.put(entry.getKey(), entry.getValue()));
            results.put(reader.getKey(), byConfig);
        });
        return new SpeadVector(name, read(name + ".bin"), packets, configs, results);
    }

    private static JsonNode json(String name) {
        try {
            return JSON.readTree(read(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(String file) {
        try (InputStream in = SpeadVector.class.getResourceAsStream("/vectors/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no reference vector " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
