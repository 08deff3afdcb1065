package dev.waggle.storage.memory;

import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.contract.AppSyncStoreContract;
import dev.waggle.storage.contract.ControlStoreContract;
import dev.waggle.storage.contract.LedgerContract;
import dev.waggle.storage.contract.ProtocolStoreContract;
import dev.waggle.storage.contract.SignalStoreContract;
import dev.waggle.storage.contract.Tenant;
import dev.waggle.storage.contract.WritingContract;
import org.junit.jupiter.api.Nested;

class MemoryContractTest {
    private static final class MemoryTenant implements Tenant {
        private final MemoryProvider provider = new MemoryProvider();

        @Override
        public BackendProvider provider() {
            return provider;
        }

        @Override
        public boolean poison(DeviceAddress address) {
            provider.faults().poison(address);
            return true;
        }

        @Override
        public void close() {
            provider.close();
        }
    }

    @Nested
    class Signal extends SignalStoreContract {
        @Override
        protected Tenant tenant() {
            return new MemoryTenant();
        }
    }

    @Nested
    class AppSync extends AppSyncStoreContract {
        @Override
        protected Tenant tenant() {
            return new MemoryTenant();
        }
    }

    @Nested
    class Protocol extends ProtocolStoreContract {
        @Override
        protected Tenant tenant() {
            return new MemoryTenant();
        }
    }

    @Nested
    class Ledger extends LedgerContract {
        @Override
        protected Tenant tenant() {
            return new MemoryTenant();
        }
    }

    @Nested
    class Writing extends WritingContract {
        @Override
        protected Tenant tenant() {
            return new MemoryTenant();
        }
    }

    @Nested
    class Control extends ControlStoreContract {
        @Override
        protected Tenant tenant() {
            return new MemoryTenant();
        }
    }
}
