package dev.waggle.storage.write;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SenderKeyName;

/// Changes to ratchets and keys.
public sealed interface SignalWrite extends StoreWrite {
    record PutSession(DeviceAddress address, Bytes record) implements SignalWrite {}

    record DeleteSession(DeviceAddress address) implements SignalWrite {}

    /// `key` is the 32-byte public identity key.
    record PutIdentity(DeviceAddress address, Bytes key) implements SignalWrite {}

    record DeleteIdentity(DeviceAddress address) implements SignalWrite {}

    record PutPreKey(PreKeyRow row) implements SignalWrite {}

    /// Changes a row that exists and never makes one.
    record MarkPreKeyUploaded(int id) implements SignalWrite {}

    record RemovePreKey(int id) implements SignalWrite {}

    record PutSignedPreKey(int id, Bytes record) implements SignalWrite {}

    record RemoveSignedPreKey(int id) implements SignalWrite {}

    record PutSenderKey(SenderKeyName name, Bytes record) implements SignalWrite {}

    record DeleteSenderKey(SenderKeyName name) implements SignalWrite {}
}
