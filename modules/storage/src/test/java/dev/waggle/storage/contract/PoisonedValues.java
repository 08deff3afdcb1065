package dev.waggle.storage.contract;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.keyvalue.KeyValues;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// A key-value database that refuses some sessions, for [Tenant#poison].
public final class PoisonedValues implements KeyValues {
    private final KeyValues inner;
    private final Set<String> poisoned = ConcurrentHashMap.newKeySet();

    public PoisonedValues(KeyValues inner) {
        this.inner = inner;
    }

    public boolean poison(DeviceAddress address) {
        return poisoned.add("session\0" + address);
    }

    private <T> Function<Changing, T> refusing(Function<Changing, T> step) {
        return changing -> step.apply(new Changing() {
            @Override
            public Optional<Bytes> get(String key) {
                return changing.get(key);
            }

            @Override
            public Stream<Map.Entry<String, Bytes>> between(String after, String before) {
                return changing.between(after, before);
            }

            @Override
            public void put(String key, Bytes value) {
                if (poisoned.stream().anyMatch(key::endsWith)) {
                    throw new StoreException(StoreException.Code.STORAGE_REFUSED, "poisoned by a test");
                }
                changing.put(key, value);
            }

            @Override
            public void remove(String key) {
                changing.remove(key);
            }
        });
    }

    @Override
    public <T> CompletionStage<T> change(Function<Changing, T> step) {
        return inner.change(refusing(step));
    }

    @Override
    public <T> CompletionStage<T> change(String about, Function<Changing, T> step) {
        return inner.change(about, refusing(step));
    }

    @Override
    public <T> CompletionStage<T> read(Function<Reading, T> question) {
        return inner.read(question);
    }

    @Override
    public <T> CompletionStage<T> read(String about, Function<Reading, T> question) {
        return inner.read(about, question);
    }

    @Override
    public CompletionStage<Void> clear(String room) {
        return inner.clear(room);
    }

    @Override
    public void close() {
        inner.close();
    }
}
