package dev.waggle.deploy.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The tree that this build runs in.
final class Deploy {
    private static final Path ROOT =
            Path.of(System.getProperty("waggle.root", "../..")).toAbsolutePath().normalize();

    private Deploy() {}

    static Path root() {
        return ROOT;
    }

    /// @param name below `deploy/`
    static Path file(String name) {
        return ROOT.resolve("deploy").resolve(name);
    }

    static String text(String name) {
        return read(file(name));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Files of a folder below `deploy/`, sorted, deep.
    static List<Path> files(String folder, String ending) {
        try (Stream<Path> all = Files.walk(file(folder))) {
            return all.filter(
                            path -> Files.isRegularFile(path) && path.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A copy of a folder below `deploy/`, to be spoilt.
    static Path copy(String folder, Path to) {
        Path from = file(folder);
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
