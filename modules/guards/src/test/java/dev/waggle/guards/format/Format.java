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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The one layout: palantir-java-format at 120 columns, imports in one block, ASCII order. `bin/format` runs
/// [#main].
public final class Format {
    private static final JavaFormatterOptions.Style STYLE = JavaFormatterOptions.Style.PALANTIR;
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(STYLE).build());

    private static final Pattern COMMENT = Pattern.compile("^(\\s*/// )(- )?(.*)$");
    /// Shorter than code's 120: where the formatter begins to break comments of its own.
    private static final int COLUMNS = 116;

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

    /// Imports that nothing uses stay: `///` comments may use them, and the formatter does not look there. A bare
    /// `_`
    /// in a record pattern, which the formatter cannot read, becomes `var _`; a `///` line that is too long,
    /// which the
    /// formatter would break without its slashes, is wrapped before.
    ///
    /// @throws FormatException when this is not Java
    static String format(String source) {
        try {
            String readable = withVars(wrapped(source));
            return wrapped(FORMATTER.formatSource(ImportOrderer.reorderImports(readable, STYLE)));
        } catch (FormatterException e) {
            throw new FormatException("source: " + e.getMessage() + " (expected: Java 25)", e);
        }
    }

    /// A `(` right after a name opens a record pattern (or a call, where `_` cannot stand).
    private static String withVars(String source) {
        StringBuilder out = new StringBuilder(source.length() + 64);
        Deque<Boolean> named = new ArrayDeque<>();
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '(') {
                named.push(i > 0 && Character.isJavaIdentifierPart(source.charAt(i - 1)));
            } else if (c == ')' && !named.isEmpty()) {
                named.pop();
            } else if (c == '_' && Boolean.TRUE.equals(named.peek()) && isBare(source, i)) {
                out.append("var ");
            }
            out.append(c);
        }
        return out.toString();
    }

    private static boolean isBare(String source, int at) {
        int before = at - 1;
        while (before > 0 && Character.isWhitespace(source.charAt(before))) {
            before--;
        }
        char next = at + 1 < source.length() ? source.charAt(at + 1) : ' ';
        return (source.charAt(before) == '(' || source.charAt(before) == ',') && (next == ')' || next == ',');
    }

    /// What does not fit moves to the beginning of the next line of the same paragraph, so that lines stay full.
    private static String wrapped(String source) {
        StringBuilder out = new StringBuilder(source.length());
        Matcher last = COMMENT.matcher("");
        String carry = "";
        for (String line : source.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            boolean goesOn = !carry.isEmpty() && comment.matches() && continues(comment, last);
            if (!carry.isEmpty() && !goesOn) {
                carry = emit(last.group(1) + indent(last) + carry, last, out, true);
            }
            String text =
                    goesOn ? comment.group(1) + carry + " " + comment.group(3).stripLeading() : line;
            if (comment.matches()) {
                last = comment;
            }
            carry = comment.matches() ? emit(text, comment, out, false) : emitCode(line, out);
        }
        return carry.isEmpty()
                ? out.toString()
                : out.append(last.group(1)).append(carry).append('\n').toString();
    }

    private static boolean continues(Matcher comment, Matcher last) {
        String text = comment.group(3);
        return comment.group(1).equals(last.group(1))
                        && comment.group(2) == null
                        && !text.isEmpty()
                        && "@|#>`-".indexOf(text.charAt(0)) < 0
                || (text(comment).startsWith("`") && !text(comment).startsWith("```"));
    }

    private static String text(Matcher comment) {
        return comment.group(2) == null ? comment.group(3) : "";
    }

    private static String indent(Matcher comment) {
        return comment.group(2) == null ? "" : "  ";
    }

    private static String emitCode(String line, StringBuilder out) {
        out.append(line).append('\n');
        return "";
    }

    /// Writes what fits and gives the rest; with `all`, the rest too.
    private static String emit(String line, Matcher comment, StringBuilder out, boolean all) {
        String rest = line;
        while (rest.length() > COLUMNS) {
            int cut = rest.lastIndexOf(' ', COLUMNS);
            if (cut <= comment.end(1)) {
                break;
            }
            out.append(rest, 0, cut).append('\n');
            if (!all) {
                return rest.substring(cut + 1);
            }
            rest = comment.group(1) + indent(comment) + rest.substring(cut + 1);
        }
        out.append(rest).append('\n');
        return "";
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
