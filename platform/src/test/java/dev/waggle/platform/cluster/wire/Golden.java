package dev.waggle.platform.cluster.wire;

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

/// One golden file: a message between nodes as people read it, and as it was written on the day the file was made.
///
/// ```
/// # tell                          its kind
/// account: "bee-1"                the value, in protobuf's text format
/// # bytes
/// 0a05…                           the same in hex, broken anywhere
/// ```
record Golden(String name, String kind, String text, ByteString bytes) {
    private static final String FOLDER = "/waggle/nodes";
    private static final String ENDING = ".golden";
    private static final String HEAD = "# ";
    private static final String BYTES = "# bytes\n";

    /// All files, by name.
    static List<Golden> all() {
        try (Stream<Path> files = Files.list(Path.of(
                Objects.requireNonNull(Golden.class.getResource(FOLDER), FOLDER).toURI()))) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .map(Golden::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(FOLDER, e);
        }
    }

    private static Golden read(Path path) {
        String name = String.valueOf(path.getFileName()).replace(ENDING, "");
        try {
            String file = Files.readString(path);
            int head = file.indexOf('\n');
            int hex = file.indexOf(BYTES);
            if (!file.startsWith(HEAD) || hex < 0) {
                throw new IllegalArgumentException(name + " (expected: '# kind', a value, '# bytes', hex)");
            }
            ByteString bytes =
                    ByteString.fromHex(file.substring(hex + BYTES.length()).replaceAll("\\s", ""));
            return new Golden(
                    name, file.substring(HEAD.length(), head), hex > head ? file.substring(head + 1, hex) : "", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the text says, as a message of that type.
    Message expected(Message type) {
        Message.Builder builder = type.newBuilderForType();
        try {
            TextFormat.merge(text, builder);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return name;
    }
}
