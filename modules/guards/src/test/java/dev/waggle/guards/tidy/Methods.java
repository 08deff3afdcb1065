package dev.waggle.guards.tidy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds methods, constructors and initialisers by counting braces. Everything inside a method counts as part of
/// it.
final class Methods {
    record Method(String name, int line, int lines) {}

    private record Brace(boolean type, String name, int line) {}

    private static final Pattern TYPE = Pattern.compile("\\b(class|interface|enum|record|@interface)\\s+\\w");
    private static final Pattern NAME = Pattern.compile("(\\w+)\\s*\\(");
    private static final Pattern PARENS = Pattern.compile("\\([^()]*\\)");

    private final List<Method> found = new ArrayList<>();
    private final Deque<Brace> open = new ArrayDeque<>();
    private StringBuilder head = new StringBuilder();
    private int line = 1;
    private int parens = 0;

    private Methods() {}

    static List<Method> of(Source source) {
        Methods methods = new Methods();
        source.code().chars().forEach(c -> methods.read((char) c));
        return methods.found;
    }

    private void read(char c) {
        boolean annotationValue =
                parens > 0 && (open.isEmpty() || open.getFirst().type());
        switch (c) {
            case '\n' -> line++;
            case '(' -> parens++;
            case ')' -> parens--;
            default -> {}
        }
        if (annotationValue || (c != '{' && c != '}' && c != ';')) {
            head.append(c);
            return;
        }
        if (c == '{') {
            open.push(brace());
        } else if (c == '}' && !open.isEmpty()) {
            close(open.pop());
        }
        head = new StringBuilder();
    }

    private Brace brace() {
        String header = head.toString().strip();
        boolean inType = open.isEmpty() || open.getFirst().type();
        if (!inType) {
            return new Brace(false, "", line);
        }
        if (TYPE.matcher(header).find()) {
            return new Brace(true, "", line);
        }
        String flat = withoutParens(header);
        return new Brace(false, flat.contains("=") ? "field" : nameOf(header), line);
    }

    private void close(Brace brace) {
        if (!brace.name().isEmpty()) {
            found.add(new Method(brace.name(), brace.line(), line - brace.line() + 1));
        }
    }

    private static String nameOf(String header) {
        String name = "initialiser";
        Matcher matcher = NAME.matcher(header.replaceAll("@\\w+\\s*(\\([^()]*\\))?", " "));
        if (matcher.find()) {
            name = matcher.group(1);
        }
        return name;
    }

    private static String withoutParens(String header) {
        String flat = header;
        for (String next = ""; !next.equals(flat); ) {
            next = flat;
            flat = PARENS.matcher(flat).replaceAll("");
        }
        return flat;
    }
}
