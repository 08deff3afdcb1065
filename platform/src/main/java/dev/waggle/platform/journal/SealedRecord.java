package dev.waggle.platform.journal;

import dev.waggle.address.Bytes;

/// An event or a snapshot as the journal keeps it: sealed protobuf bytes. `form` names the schema (`event-1`,
/// `snapshot-1`).
public record SealedRecord(String form, Bytes bytes) {}
