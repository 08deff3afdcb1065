package dev.waggle.signal.group;

import dev.waggle.address.Bytes;

/// A message under our sender key. `mustStoreFirst` means what it means in
/// [dev.waggle.signal.session.Encrypted]: `next` must be durable before the ciphertext leaves.
public record GroupEncrypted(SenderKeyRecord next, Bytes ciphertext, boolean mustStoreFirst) {}
