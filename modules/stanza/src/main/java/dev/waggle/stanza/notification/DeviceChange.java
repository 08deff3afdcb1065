package dev.waggle.stanza.notification;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change to a user's list of devices.
///
/// @param hash over the list after the change, see `message.ParticipantHash`
/// @param devices which devices came or went, by phone number; for an update: ask for the list again
/// @param lids the same devices by LID, where told
/// @param keyIndexList serialized `ADVSignedKeyIndexList` after the change
public record DeviceChange(
        Kind kind,
        @Nullable String hash,
        List<Jid> devices,
        List<Jid> lids,
        @Nullable Bytes keyIndexList) {
    public enum Kind {
        ADD,
        REMOVE,
        UPDATE
    }

    public DeviceChange {
        devices = List.copyOf(devices);
        lids = List.copyOf(lids);
    }
}
