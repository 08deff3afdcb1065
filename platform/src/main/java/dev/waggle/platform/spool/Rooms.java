package dev.waggle.platform.spool;

import dev.waggle.platform.port.SpoolException;
import java.io.IOException;
import java.util.Locale;

/// What a disk says when it has no room left, in every system's own words.
final class Rooms {
    private Rooms() {}

    static IOException explained(Exception failure) throws IOException {
        if (failure instanceof RuntimeException programming) {
            throw programming;
        }
        String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return said.contains("no space left") || said.contains("disk full") || said.contains("quota")
                ? new SpoolException(SpoolException.Kind.FULL, "the disk has no room left")
                : (IOException) failure;
    }
}
