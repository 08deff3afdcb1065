package dev.waggle.storage.row;

import dev.waggle.address.Jid;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The devices of a user as the server listed them at `at`. `hash` is the participant hash and `rawId` the identity
/// number that came with the list, when they did.
public record DeviceList(
        Jid user,
        List<Device> devices,
        Instant at,
        @Nullable String hash,
        OptionalInt rawId) {
    /// `keyIndex` is the index in the signed device list.
    public record Device(int id, OptionalInt keyIndex, boolean hosted) {}

    public DeviceList {
        user = user.bare();
        devices = List.copyOf(devices);
        at = Times.millis(at);
    }
}
