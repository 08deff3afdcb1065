package dev.waggle.storage.control;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;

/// An account's data key, sealed under the master key. Incarnations count from 1; an empty `wrapped` is a destroyed
/// key.
public record DataKeyRow(AccountId account, int incarnation, Bytes wrapped) {
    public DataKeyRow {
        if (incarnation < 1) {
            throw new IllegalArgumentException("incarnation: " + incarnation + " (expected: 1 or more)");
        }
    }

    public boolean destroyed() {
        return wrapped.isEmpty();
    }
}
