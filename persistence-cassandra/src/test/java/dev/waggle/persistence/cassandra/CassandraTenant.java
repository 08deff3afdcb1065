package dev.waggle.persistence.cassandra;

import dev.waggle.address.DeviceAddress;
import dev.waggle.persistence.cassandra.link.CassandraSettings;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.contract.PoisonedValues;
import dev.waggle.storage.contract.Tenant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/// Rooms of its own per test, in one keyspace: to make a keyspace takes a second.
final class CassandraTenant implements Tenant {
    private final AtomicReference<PoisonedValues> values = new AtomicReference<>();
    private final BackendProvider provider;

    CassandraTenant() {
        CassandraSettings settings = CassandraSettings.from(TestCassandra.settings());
        provider = CassandraProvider.open(settings, TestCassandra.unique("test") + ":", rows -> {
            PoisonedValues poisoned = new PoisonedValues(rows);
            values.set(poisoned);
            return poisoned;
        });
    }

    @Override
    public BackendProvider provider() {
        return provider;
    }

    @Override
    public boolean poison(DeviceAddress address) {
        return Objects.requireNonNull(values.get()).poison(address);
    }

    @Override
    public void close() {
        provider.close();
    }
}
