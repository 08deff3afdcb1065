package dev.waggle.storage.row;

import dev.waggle.address.Bytes;

/// A signed pre-key and its opaque record.
public record SignedPreKeyRow(int id, Bytes record) {}
