package dev.waggle.platform.safekeeping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a backup says about itself. Written last: a directory without it is no backup.
///
/// @param files name -> SHA-256 in hex
record Manifest(String backend, Instant takenAt, SortedMap<String, String> files) {
    static final String NAME = "manifest.json";
    private static final int FORMAT = 1;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]|[.](?![.])){0,99}");
    private static final ObjectMapper JSON = new ObjectMapper();

    Manifest {
        files = new TreeMap<>(files);
    }

    String text() {
        ObjectNode root = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("backend", backend)
                .put("takenAt", takenAt.toString());
        ObjectNode hashes = root.putObject("files");
        files.forEach(hashes::put);
        return root.toPrettyString() + "\n";
    }

    /// @throws SafekeepingException when it is not what [#text] writes
    static Manifest parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new SafekeepingException(NAME, e.getOriginalMessage(), "JSON", e);
        }
        int format = root.path("format").asInt(0);
        if (format != FORMAT) {
            throw new SafekeepingException("backup format", Integer.toString(format), Integer.toString(FORMAT));
        }
        String backend = root.path("backend").asText("");
        if (backend.isEmpty()) {
            throw new SafekeepingException("backup backend", "none", "the name of a storage driver");
        }
        SortedMap<String, String> files = new TreeMap<>();
        for (Map.Entry<String, JsonNode> file : root.path("files").properties()) {
            String hash = file.getValue().asText("");
            if (!FILE.matcher(file.getKey()).matches() || !HASH.matcher(hash).matches()) {
                throw new SafekeepingException("backup file", file.getKey() + " " + hash, "a name and a SHA-256");
            }
            files.put(file.getKey(), hash);
        }
        return new Manifest(backend, time(root.path("takenAt").asText("")), files);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new SafekeepingException("backup takenAt", text, "a time such as 2026-03-01T10:00:00Z", e);
        }
    }
}
