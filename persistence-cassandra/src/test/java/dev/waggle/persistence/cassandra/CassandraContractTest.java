package dev.waggle.persistence.cassandra;

import dev.waggle.storage.contract.AppSyncStoreContract;
import dev.waggle.storage.contract.ControlStoreContract;
import dev.waggle.storage.contract.LedgerContract;
import dev.waggle.storage.contract.ProtocolStoreContract;
import dev.waggle.storage.contract.SignalStoreContract;
import dev.waggle.storage.contract.Tenant;
import dev.waggle.storage.contract.WritingContract;
import org.junit.jupiter.api.Nested;

class CassandraContractTest {

    @Nested
    class Signal extends SignalStoreContract {
        @Override
        protected Tenant tenant() {
            return new CassandraTenant();
        }
    }

    @Nested
    class AppSync extends AppSyncStoreContract {
        @Override
        protected Tenant tenant() {
            return new CassandraTenant();
        }
    }

    @Nested
    class Protocol extends ProtocolStoreContract {
        @Override
        protected Tenant tenant() {
            return new CassandraTenant();
        }
    }

    @Nested
    class Ledger extends LedgerContract {
        @Override
        protected Tenant tenant() {
            return new CassandraTenant();
        }
    }

    @Nested
    class Writing extends WritingContract {
        @Override
        protected Tenant tenant() {
            return new CassandraTenant();
        }
    }

    @Nested
    class Control extends ControlStoreContract {
        @Override
        protected Tenant tenant() {
            return new CassandraTenant();
        }
    }
}
