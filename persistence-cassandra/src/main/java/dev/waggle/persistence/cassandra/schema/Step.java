package dev.waggle.persistence.cassandra.schema;

import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// One numbered step. Each of its statements can be repeated: a step that was interrupted begins again.
record Step(int number, String name, String checksum, List<String> statements) {
    private static final List<String> FILES = List.of("001_stores.cql", "002_journal.cql", "003_leases.cql");

    static List<Step> all() {
        return FILES.stream().map(Step::read).toList();
    }

    private static Step read(String file) {
        try (InputStream in = Step.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new StoreException(Code.STORAGE_CORRUPT, "the step " + file + " is missing in this build");
            }
            return of(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StoreException(Code.STORAGE_CORRUPT, "the step " + file + " cannot be read", e);
        }
    }

    /// Statements end with a semicolon; from `--` on, a line is a comment.
    static Step of(String file, String text) {
        String bare =
                text.lines().map(line -> line.replaceFirst("--.*", "")).reduce("", (all, line) -> all + line + "\n");
        List<String> statements = Arrays.stream(bare.split(";", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
        return new Step(Integer.parseInt(file.substring(0, 3)), file, checksum(statements), statements);
    }

    private static String checksum(List<String> statements) {
        try {
            String words = String.join(";", statements).replaceAll("\\s+", " ");
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
