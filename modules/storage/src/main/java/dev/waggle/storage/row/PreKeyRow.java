package dev.waggle.storage.row;

import dev.waggle.address.Bytes;

/// A one-time pre-key: id 1..16777215, its opaque record, and whether the server has been given it.
public record PreKeyRow(int id, Bytes record, boolean uploaded) {
    public PreKeyRow {
        if (id < 1 || id > 0xFFFFFF) {
            throw new IllegalArgumentException("pre-key id: " + id + " (expected: 1..16777215)");
        }
    }
}
