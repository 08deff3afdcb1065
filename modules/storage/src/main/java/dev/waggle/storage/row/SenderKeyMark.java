package dev.waggle.storage.row;

import dev.waggle.address.Jid;

/// Whether a device holds our sender key `keyId` of a group. A mark for another key id says nothing about the
/// current key.
public record SenderKeyMark(Jid device, int keyId, boolean hasKey) {}
