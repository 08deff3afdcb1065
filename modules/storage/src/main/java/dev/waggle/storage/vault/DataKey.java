package dev.waggle.storage.vault;

import dev.waggle.address.Bytes;

/// An account's key in the clear, in memory only. Every destroyed key is followed by a higher incarnation.
public record DataKey(int incarnation, Bytes key) {}
