package dev.waggle.persistence.cassandra.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What no statement of ours may say: Cassandra takes it, and pays for it with each row that there is.
class WordsTest {
    private static final List<String> FORBIDDEN =
            List.of("ALLOW FILTERING", "CREATE INDEX", "CREATE CUSTOM INDEX", "MATERIALIZED VIEW", " COUNTER");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern SELECT = Pattern.compile("\\bSELECT\\b.*\\bFROM\\b");

    private static String texts() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String text = Files.readString(file);
                if (file.toString().endsWith(".cql")) {
                    text.lines()
                            .map(line -> line.replaceFirst("--.*", ""))
                            .forEach(line -> all.append(line).append('\n'));
                } else if (file.toString().endsWith(".java")) {
                    // Statements are put together of several texts, one after the other.
                    Matcher found = TEXT.matcher(text.replaceAll("\"\\s*\\+\\s*\"", ""));
                    while (found.find()) {
                        all.append(found.group(1)).append('\n');
                    }
                }
            }
        }
        return all.toString().toUpperCase(Locale.ROOT);
    }

    @Test
    void no_statement_filters_or_needs_an_index() throws IOException {
        String all = texts();
        assertThat(all)
                .contains("CREATE TABLE IF NOT EXISTS", "SELECT VALUE FROM", "PRIMARY KEY ((ROOM, BUCKET), NAME)");
        assertThat(all).doesNotContain(FORBIDDEN.toArray(String[]::new));
        assertThat(SELECT.matcher(all).results().count()).isGreaterThan(10);
    }

    /// A range delete leaves a marker that each later read of the partition passes; ours name a row or a partition.
    @Test
    void no_statement_deletes_a_range() throws IOException {
        assertThat(texts().lines().filter(line -> line.contains("DELETE")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).doesNotContain(" > ", " < ", " >= ", " <= "));
    }
}
