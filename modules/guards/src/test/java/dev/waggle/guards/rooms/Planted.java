package dev.waggle.guards.rooms;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Small sources of a house that never stood, compiled for one test.
final class Planted {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /// Shared by all tests: opening the class path again and again is what takes the time.
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private final Path folder;
    private final List<Path> sources = new ArrayList<>();

    Planted(Path folder) {
        this.folder = folder;
    }

    /// @param type such as `wire.node.Node`: a public class of the house with this body
    Planted with(String type, String body) {
        String name = type.substring(type.lastIndexOf('.') + 1);
        return source(type, "public class " + name + " { " + body + " }");
    }

    /// @param path such as `wire.package-info`: a file whose text ends with `text`, after the package line
    Planted source(String path, String text) {
        String packageName = Rooms.HOUSE + path.substring(0, path.lastIndexOf('.'));
        String line = "package " + packageName + ";";
        Path file = folder.resolve("src").resolve((Rooms.HOUSE + path).replace('.', '/') + ".java");
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(file, path.endsWith("package-info") ? text + line : line + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sources.add(file);
        return this;
    }

    List<JavaClass> compiled() {
        StringWriter says = new StringWriter();
        List<String> options = List.of("-d", folder.resolve("classes").toString(), "-proc:none");
        boolean done = COMPILER.getTask(says, FILES, null, options, null, FILES.getJavaFileObjectsFromPaths(sources))
                .call();
        if (!done) {
            throw new IllegalStateException("the planted sources do not compile: " + says);
        }
        return RoomsTest.read(List.of(folder.resolve("classes")));
    }
}
