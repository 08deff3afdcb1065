package dev.waggle.storage.row;

import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;

/// Whose chain in which group.
public record SenderKeyName(Jid group, DeviceAddress sender) {
    @Override
    public String toString() {
        return group + "::" + sender;
    }
}
