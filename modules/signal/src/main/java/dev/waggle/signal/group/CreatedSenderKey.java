package dev.waggle.signal.group;

import dev.waggle.address.Bytes;

/// A new sender key of our own, and the message (`skdm`) that gives it to others, to be encrypted for each of their devices.
/// It may leave before the record is stored; nothing encrypted under it may.
public record CreatedSenderKey(SenderKeyRecord next, Bytes distribution) {}
