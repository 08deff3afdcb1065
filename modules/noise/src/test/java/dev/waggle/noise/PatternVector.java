package dev.waggle.noise;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One published Noise test vector, as `patterns.txt` holds them.
record PatternVector(String suite, String protocol, Map<String, String> values, List<Message> messages) {
    record Message(Bytes payload, Bytes ciphertext) {
        static Message of(String line) {
            List<String> parts = List.of(line.split(" ", -1));
            return new Message(Bytes.hex(parts.getFirst()), Bytes.hex(parts.getLast()));
        }
    }

    static List<PatternVector> all() {
        List<PatternVector> out = new ArrayList<>();
        for (String line :
                text().lines().filter(l -> !l.startsWith("#") && !l.isEmpty()).toList()) {
            String[] pair = line.split(" = ", -1);
            switch (pair[0]) {
                case "vector" -> {
                    String[] names = pair[1].split(" ", -1);
                    out.add(new PatternVector(names[0], names[1], new HashMap<>(), new ArrayList<>()));
                }
                case "message" -> out.getLast().messages().add(Message.of(pair[1]));
                default -> out.getLast().values().put(pair[0], pair[1]);
            }
        }
        return out;
    }

    private static String text() {
        try (InputStream in = PatternVector.class.getResourceAsStream("patterns.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes(String name) {
        return Bytes.hex(Objects.requireNonNull(values.get(name), name)).toArray();
    }

    KeyPair pair(String name) {
        return KeyPair.of(Bytes.wrap(bytes(name)));
    }

    @Override
    public String toString() {
        return protocol + " of " + suite;
    }
}
