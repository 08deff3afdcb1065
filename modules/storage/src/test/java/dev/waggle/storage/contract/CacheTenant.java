package dev.waggle.storage.contract;

import dev.waggle.storage.cache.CacheStore;
import java.time.Duration;

/// A cache under test. One is made for each test, begins empty and is closed after it.
public interface CacheTenant extends AutoCloseable {
    CacheStore store();

    /// Lets time pass for the cache, by turning its clock; one that has a real clock does nothing and is asked
    /// again until the time is over.
    void elapse(Duration time);

    @Override
    void close();
}
