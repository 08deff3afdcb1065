package dev.waggle.storage.vault;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.contract.AppSyncStoreContract;
import dev.waggle.storage.contract.ControlStoreContract;
import dev.waggle.storage.contract.LedgerContract;
import dev.waggle.storage.contract.ProtocolStoreContract;
import dev.waggle.storage.contract.SignalStoreContract;
import dev.waggle.storage.contract.Tenant;
import dev.waggle.storage.contract.WritingContract;
import dev.waggle.storage.memory.MemoryProvider;
import java.security.SecureRandom;
import org.junit.jupiter.api.Nested;

class SealedContractTest {
    private static final class SealedTenant implements Tenant {
        private final MemoryProvider memory = new MemoryProvider();
        private final SecureRandom random = new SecureRandom();
        private final SealedProvider provider = SealedProvider.over(
                memory, new Vault(memory.control(), new MasterKey(Bytes.wrap(new byte[32])), random), random);

        @Override
        public BackendProvider provider() {
            return provider;
        }

        @Override
        public boolean poison(DeviceAddress address) {
            memory.faults().poison(address);
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
            return new SealedTenant();
        }
    }

    @Nested
    class AppSync extends AppSyncStoreContract {
        @Override
        protected Tenant tenant() {
            return new SealedTenant();
        }
    }

    @Nested
    class Protocol extends ProtocolStoreContract {
        @Override
        protected Tenant tenant() {
            return new SealedTenant();
        }
    }

    @Nested
    class Ledger extends LedgerContract {
        @Override
        protected Tenant tenant() {
            return new SealedTenant();
        }
    }

    @Nested
    class Writing extends WritingContract {
        @Override
        protected Tenant tenant() {
            return new SealedTenant();
        }
    }

    @Nested
    class Control extends ControlStoreContract {
        @Override
        protected Tenant tenant() {
            return new SealedTenant();
        }
    }
}
