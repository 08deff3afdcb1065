package dev.waggle.storage.keyvalue;

import dev.waggle.address.AccountId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.control.ControlStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The stores of all accounts over one ordered key-value database.
///
/// A row's key is its account, its kind and its own name, apart by a zero character; its value is laid out by
/// [RowWriter].
public final class KeyValueProvider implements BackendProvider {
    private static final String CONTROL = "control";

    private final KeyValues values;
    private final KeyValues shared;
    private final ControlStore control;

    public KeyValueProvider(KeyValues values) {
        this(values, values);
    }

    /// @param values for accounts, of which each has one writer
    /// @param shared for what is kept once and written by all
    public KeyValueProvider(KeyValues values, KeyValues shared) {
        this.values = values;
        this.shared = shared;
        this.control = new KeyValueControl(shared, CONTROL);
    }

    @Override
    public CompletionStage<Backend> open(AccountId account) {
        return CompletableFuture.completedFuture(new KeyValueBackend(account, values, room(account)));
    }

    private static String room(AccountId account) {
        return "account:" + account;
    }

    @Override
    public ControlStore control() {
        return control;
    }

    @Override
    public CompletionStage<Void> erase(AccountId account) {
        return values.clear(room(account));
    }

    @Override
    public void close() {
        values.close();
        if (!shared.equals(values)) {
            shared.close();
        }
    }
}
