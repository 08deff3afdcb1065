package dev.waggle.guards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The checked-out tree. Generated and fetched folders are not part of it.
public record Tree(Path root) {
    private static final Set<String> FOREIGN = Set.of("target", "node_modules", "data");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    /// The tree that this build runs in: the nearest folder upward whose `pom.xml` lists modules.
    public static Tree current() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path pom = at.resolve("pom.xml");
            if (Files.exists(pom) && read(pom).contains("<modules>")) {
                return new Tree(at);
            }
        }
        throw new IllegalStateException(
                "no pom.xml with modules above " + Path.of("").toAbsolutePath());
    }

    /// Files whose name passes, sorted, without `target`, `node_modules`, `data` at the root and dot folders.
    public List<Path> files(Predicate<String> name) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, new Collector(root, name, found));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }

    public List<Path> javaFiles() {
        return files(name -> name.endsWith(".java"));
    }

    /// The folders of all modules, in the order of the root `pom.xml`.
    public List<Path> modules() {
        return MODULE.matcher(read(root.resolve("pom.xml")))
                .results()
                .map(found -> root.resolve(found.group(1)))
                .toList();
    }

    /// The path below the root with `/` between the names.
    public String name(Path file) {
        return root.relativize(file.toAbsolutePath()).toString().replace('\\', '/');
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Predicate<String> name;
        private final List<Path> found;

        Collector(Path root, Predicate<String> name, List<Path> found) {
            this.root = root;
            this.name = name;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String called = String.valueOf(folder.getFileName());
            boolean foreign = !folder.equals(root) && (isForeign(folder, called) || called.startsWith("."));
            return foreign ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        private boolean isForeign(Path folder, String called) {
            return FOREIGN.contains(called) && (!called.equals("data") || root.equals(folder.getParent()));
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (name.test(String.valueOf(file.getFileName()))) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // A file may go away while others build: it is then not part of the tree.
            return FileVisitResult.CONTINUE;
        }
    }
}
