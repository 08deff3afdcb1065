package dev.waggle.guards.tidy;

import dev.waggle.guards.Tree;
import java.nio.file.Path;
import java.util.List;

/// One Java file: its text, and the same text three times with all but code, comments or literals blanked, so that
/// a rule about code does not stumble over a word in a comment. Offsets and lines are the same in all four.
record Source(String path, String text, String code, String comments, String literals) {
    static Source of(Tree tree, Path file) {
        return of(tree.name(file), Tree.read(file));
    }

    static Source of(String path, String text) {
        return Blanking.split(path, text);
    }

    boolean isTest() {
        return path.contains("/src/test/");
    }

    boolean isMain() {
        return path.contains("/src/main/");
    }

    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String folder() {
        return path.substring(0, path.lastIndexOf('/'));
    }

    List<String> lines() {
        return text.lines().toList();
    }

    int lineAt(int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }
}
