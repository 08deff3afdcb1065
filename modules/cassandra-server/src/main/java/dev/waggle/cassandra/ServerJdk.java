package dev.waggle.cassandra;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The Java that a server runs on. Cassandra 5 knows 11 and 17; on later ones it ends at once, because they have no
/// security manager.
final class ServerJdk {
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");
    private static final List<String> FOLDERS = List.of(
            "/usr/lib/jvm",
            "/opt/java",
            System.getProperty("user.home") + "/.sdkman/candidates/java",
            System.getProperty("user.home") + "/.jdks");

    private ServerJdk() {}

    /// The `java` of the first JDK 17 that is found: `WAGGLE_CASSANDRA_JAVA_HOME`, `JAVA_HOME`, the usual folders.
    ///
    /// @throws IllegalStateException when there is none
    static Path java(Map<String, String> environment) {
        List<Path> homes = new ArrayList<>();
        for (String name : List.of("WAGGLE_CASSANDRA_JAVA_HOME", "JAVA_HOME")) {
            String home = environment.get(name);
            if (home != null && !home.isEmpty()) {
                homes.add(Path.of(home));
            }
        }
        FOLDERS.forEach(folder -> homes.addAll(children(Path.of(folder))));
        return homes.stream()
                .filter(home -> version(home) == 17 && Files.isExecutable(home.resolve("bin/java")))
                .findFirst()
                .map(home -> home.resolve("bin/java"))
                .orElseThrow(() -> new IllegalStateException(
                        "no JDK 17 for Cassandra (looked at: " + homes + "); set WAGGLE_CASSANDRA_JAVA_HOME"));
    }

    private static List<Path> children(Path folder) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                entries.forEach(found::add);
            } catch (IOException e) {
                // A folder that cannot be read has no JDK for us.
                return List.of();
            }
        }
        found.sort(null);
        return found;
    }

    /// 0 when it is not known.
    private static int version(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
