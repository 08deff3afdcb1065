package dev.waggle.storage.control;

import dev.waggle.address.Bytes;

/// An opaque document under its id.
public record DocumentRow(String id, Bytes document) {}
