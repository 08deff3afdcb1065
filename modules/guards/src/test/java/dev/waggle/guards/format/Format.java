package dev.waggle.guards.format;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import dev.waggle.guards.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The one layout: palantir-java-format at 120 columns, imports in one block, ASCII order. `bin/format` runs [#main].
public final class Format {
    private static final JavaFormatterOptions.Style STYLE = JavaFormatterOptions.Style.PALANTIR;
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(STYLE).build());

    private static final Pattern UNNAMED = Pattern.compile("(\\d+):(\\d+): error: expected token: '_'; generated");

    private Format() {}

    /// Rewrites what is out of form: the given files and folders, or without arguments the whole tree.
    /// Prints each rewritten file; ends with 1 when a file cannot be parsed.
    public static void main(String... paths) {
        List<Path> files = paths.length == 0
                ? Tree.current().javaFiles()
                : Stream.of(paths)
                        .flatMap(path -> below(Path.of(path).toAbsolutePath().normalize()))
                        .toList();
        boolean failed = false;
        for (Path file : files) {
            failed |= !rewrite(file);
        }
        if (failed) {
            System.exit(1);
        }
    }

    /// Imports that nothing uses stay: `///` comments may use them, and the formatter does not look there. A bare `_`
    /// in a record pattern, which the formatter cannot read, becomes `var _`.
    ///
    /// @throws FormatException when this is not Java
    static String format(String source) {
        try {
            return FORMATTER.formatSource(ImportOrderer.reorderImports(source, STYLE));
        } catch (FormatterException e) {
            String message = String.valueOf(e.getMessage());
            Matcher unnamed = UNNAMED.matcher(message);
            if (unnamed.find()) {System.err.println(message);
                return format(withVar(source, Integer.parseInt(unnamed.group(1)), Integer.parseInt(unnamed.group(2))));
            }
            throw new FormatException("source: " + message + " (expected: Java 25)", e);
        }
    }

    /// @param line counts from 1
    /// @param column of the `_`, counts from 0
    private static String withVar(String source, int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = source.indexOf('\n', start) + 1;
        }
        return source.substring(0, start + column) + "var " + source.substring(start + column);
    }

    private static Stream<Path> below(Path path) {
        return Files.isDirectory(path) ? new Tree(path).javaFiles().stream() : Stream.of(path);
    }

    private static boolean rewrite(Path file) {
        try {
            String before = Tree.read(file);
            String after = format(before);
            if (!after.equals(before)) {
                Files.writeString(file, after);
                System.out.println(file);
            }
            return true;
        } catch (FormatException e) {
            System.err.println(file + ": " + e.getMessage());
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
