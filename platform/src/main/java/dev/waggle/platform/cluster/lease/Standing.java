package dev.waggle.platform.cluster.lease;

import dev.waggle.address.Bytes;
import java.nio.charset.StandardCharsets;

/// A lease as it stands in the store: `epoch beat owner`.
///
/// @param epoch grows with each taking
/// @param beat grows with each renewal
/// @param owner nobody when empty
record Standing(long epoch, long beat, String owner) {
    static final Standing NEVER = new Standing(0, 0, "");

    /// @throws IllegalStateException when it is no such thing
    static Standing parse(Bytes document) {
        String text = new String(document.toArray(), StandardCharsets.UTF_8);
        String[] parts = text.split(" ", 3);
        try {
            return new Standing(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalStateException("lease: " + text + " (expected: epoch beat owner)", e);
        }
    }

    Bytes document() {
        return Bytes.utf8(epoch + " " + beat + " " + owner);
    }

    Standing taken(String by) {
        return new Standing(epoch + 1, 1, by);
    }

    Standing renewed() {
        return new Standing(epoch, beat + 1, owner);
    }

    Standing released() {
        return new Standing(epoch, beat, "");
    }
}
