package dev.waggle.storage.example;

import dev.waggle.address.AccountId;
import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.contract.AppSyncStoreContract;
import dev.waggle.storage.contract.ControlStoreContract;
import dev.waggle.storage.contract.LedgerContract;
import dev.waggle.storage.contract.ProtocolStoreContract;
import dev.waggle.storage.contract.SignalStoreContract;
import dev.waggle.storage.contract.Tenant;
import dev.waggle.storage.contract.WritingContract;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;

/// A backend from outside against the whole contract. Copy this file to test yours; `docs/backends.md` tells the
/// rest.
class ExampleContractTest {
    private static final class ExampleTenant implements Tenant, BackendProvider {
        private final Map<AccountId, Backend> backends = new ConcurrentHashMap<>();
        private final Set<DeviceAddress> poisoned = ConcurrentHashMap.newKeySet();
        private final ControlStore control = new ExampleControl();

        @Override
        public BackendProvider provider() {
            return this;
        }

        @Override
        public boolean poison(DeviceAddress address) {
            return poisoned.add(address);
        }

        private void admit(StoreWrite write) {
            if (write instanceof SignalWrite.PutSession put && poisoned.contains(put.address())) {
                throw new StoreException(StoreException.Code.STORAGE_REFUSED, "poisoned by a test");
            }
        }

        @Override
        public CompletionStage<Backend> open(AccountId account) {
            return CompletableFuture.completedFuture(
                    backends.computeIfAbsent(account, id -> new ExampleBackend(id, this::admit)));
        }

        @Override
        public ControlStore control() {
            return control;
        }

        @Override
        public CompletionStage<Void> erase(AccountId account) {
            backends.remove(account);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            backends.clear();
        }
    }

    @Nested
    class Signal extends SignalStoreContract {
        @Override
        protected Tenant tenant() {
            return new ExampleTenant();
        }
    }

    @Nested
    class AppSync extends AppSyncStoreContract {
        @Override
        protected Tenant tenant() {
            return new ExampleTenant();
        }
    }

    @Nested
    class Protocol extends ProtocolStoreContract {
        @Override
        protected Tenant tenant() {
            return new ExampleTenant();
        }
    }

    @Nested
    class Ledger extends LedgerContract {
        @Override
        protected Tenant tenant() {
            return new ExampleTenant();
        }
    }

    @Nested
    class Writing extends WritingContract {
        @Override
        protected Tenant tenant() {
            return new ExampleTenant();
        }
    }

    @Nested
    class Control extends ControlStoreContract {
        @Override
        protected Tenant tenant() {
            return new ExampleTenant();
        }
    }
}
