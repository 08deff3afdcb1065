package dev.waggle.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.sqlite.file.FileSettings;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every statement that stands in this module's classes finds its rows by an index: with ten thousand accounts in
/// one file, one that looks through a whole table is an outage.
class QueryPlanTest {
    private static final Pattern STATEMENT = Pattern.compile("^\\s*(SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE)\\s");
    /// A list that came as a parameter is not a table.
    private static final Pattern SCAN = Pattern.compile("\\bSCAN (?!json_each\\b|CONSTANT\\b|\\(subquery)");

    /// Statements that read a whole table because they are asked for all of it, and why that is bearable.
    private static final Map<String, String> WHOLE = Map.of();

    private static final String HOLE = "\u0001";
    private static final String ERASURE = "DELETE FROM " + HOLE + " WHERE account = ?";

    @TempDir
    Path directory;

    private static Set<String> statements() throws IOException {
        Set<String> all = new TreeSet<>();
        Path classes = Path.of("target", "classes");
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                ClassFile.of().parse(file).constantPool().forEach(entry -> {
                    if (entry instanceof StringEntry text
                            && STATEMENT.matcher(text.stringValue()).find()) {
                        all.add(text.stringValue());
                    }
                });
            }
        }
        // The beginning that several statements share is none.
        all.removeIf(each -> each.endsWith(" "));
        // What is put together at run time is an erasure, and its tables are known; anything else fails to parse.
        if (all.remove(ERASURE)) {
            SqliteProvider.ACCOUNT_TABLES.forEach(table -> all.add(ERASURE.replace(HOLE, table)));
        }
        return all;
    }

    private static List<String> plan(Connection connection, String sql) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
        }
        return steps;
    }

    @Test
    void every_statement_finds_its_rows_by_an_index() throws Exception {
        Path file = directory.resolve("waggle.db");
        Map<String, List<String>> scanning = new TreeMap<>();
        Set<String> statements = statements();
        try (BackendProvider provider = SqliteProvider.open(file, FileSettings.DEFAULT, Clock.systemUTC());
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            assertThat(provider).isNotNull();
            for (String sql : statements) {
                List<String> plan = plan(connection, sql);
                if (plan.stream().anyMatch(step -> SCAN.matcher(step).find())) {
                    scanning.put(sql, plan);
                }
            }
        }
        assertThat(statements).hasSizeGreaterThan(90);
        assertThat(scanning.keySet()).containsExactlyInAnyOrderElementsOf(WHOLE.keySet());
    }
}
