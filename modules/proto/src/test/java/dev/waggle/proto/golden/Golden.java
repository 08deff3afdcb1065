package dev.waggle.proto.golden;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// One golden file: a stored message as people read it and as it was written on the day the file was made.
///
/// ```
/// # Event                         its type in waggle.journal
/// at_millis: 1767225600011        the value, in protobuf's text format
/// # bytes
/// 08fb…                           the same in hex, broken anywhere
/// ```
record Golden(String name, String type, String text, ByteString bytes) {
    private static final String FOLDER = "/waggle/journal";
    private static final String ENDING = ".golden";
    private static final String TYPE = "# ";
    private static final String BYTES = "# bytes\n";

    /// All files, by name.
    static List<Golden> all() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().map(Golden::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Golden read(Path path) {
        String name = String.valueOf(path.getFileName()).replace(ENDING, "");
        String file = text(path);
        int head = file.indexOf('\n');
        int hex = file.indexOf(BYTES);
        if (!file.startsWith(TYPE) || hex < 0) {
            throw new IllegalArgumentException(name + " (expected: '# Type', a value, '# bytes', hex)");
        }
        ByteString bytes =
                ByteString.fromHex(file.substring(hex + BYTES.length()).replaceAll("\\s", ""));
        return new Golden(name, file.substring(TYPE.length(), head), file.substring(head + 1, hex), bytes);
    }

    /// What the text says, into a builder of its type.
    <B extends Message.Builder> B into(B builder) {
        try {
            TextFormat.merge(text, builder);
            return builder;
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Golden.class.getResource(FOLDER), FOLDER)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(FOLDER, e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
