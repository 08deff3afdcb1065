package dev.waggle.storage.contract;

import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.BackendProvider;

/// A backend under test. One is made for each test and closed after it.
public interface Tenant extends AutoCloseable {
    BackendProvider provider();

    /// From now on a write that puts this session fails. False when the backend has no way to arrange that: then
    /// the tests that need it are skipped, loudly.
    default boolean poison(DeviceAddress address) {
        return false;
    }

    @Override
    void close();
}
