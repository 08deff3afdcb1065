package dev.waggle.persistence.cassandra;

import dev.waggle.address.AccountId;
import dev.waggle.persistence.cassandra.link.CassandraSettings;
import dev.waggle.persistence.cassandra.link.Link;
import dev.waggle.persistence.cassandra.link.Measures;
import dev.waggle.persistence.cassandra.rows.RoomValues;
import dev.waggle.persistence.cassandra.rows.SharedValues;
import dev.waggle.persistence.cassandra.schema.Durability;
import dev.waggle.persistence.cassandra.schema.Migrations;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.Measure;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.keyvalue.KeyValueProvider;
import dev.waggle.storage.keyvalue.KeyValues;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/// The stores over one session.
final class CassandraProvider implements BackendProvider {
    private final Link link;
    private final KeyValueProvider stores;

    private CassandraProvider(Link link, KeyValueProvider stores) {
        this.link = link;
        this.stores = stores;
    }

    /// @throws StoreException when Cassandra is away, could forget, or has a keyspace of a later build
    static CassandraProvider open(CassandraSettings settings) {
        return open(settings, "", values -> values);
    }

    /// @param prefix before all that is stored, so that tests can share a keyspace
    /// @param seen what stands before the rows of accounts
    static CassandraProvider open(CassandraSettings settings, String prefix, UnaryOperator<KeyValues> seen) {
        Link link = Link.open(settings);
        try {
            Migrations.run(link.session(), settings);
            Durability.check(link.session(), settings);
            return new CassandraProvider(
                    link,
                    new KeyValueProvider(
                            seen.apply(new RoomValues(
                                    link.session(), settings.keyspace(), prefix, settings.seenSeconds())),
                            new SharedValues(link.session(), settings.keyspace(), prefix)));
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    @Override
    public CompletionStage<Backend> open(AccountId account) {
        return stores.open(account);
    }

    @Override
    public ControlStore control() {
        return stores.control();
    }

    @Override
    public CompletionStage<Void> erase(AccountId account) {
        return stores.erase(account);
    }

    @Override
    public List<Measure> measures() {
        return Measures.of(link.session());
    }

    @Override
    public void close() {
        stores.close();
        link.close();
    }
}
