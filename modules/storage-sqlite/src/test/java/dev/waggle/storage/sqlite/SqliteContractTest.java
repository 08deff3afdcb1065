package dev.waggle.storage.sqlite;

import dev.waggle.storage.contract.AppSyncStoreContract;
import dev.waggle.storage.contract.ControlStoreContract;
import dev.waggle.storage.contract.LedgerContract;
import dev.waggle.storage.contract.ProtocolStoreContract;
import dev.waggle.storage.contract.SignalStoreContract;
import dev.waggle.storage.contract.Tenant;
import dev.waggle.storage.contract.WritingContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SqliteContractTest {
    @TempDir
    Path directory;

    @Nested
    class Signal extends SignalStoreContract {
        @Override
        protected Tenant tenant() {
            return new SqliteTenant(directory);
        }
    }

    @Nested
    class AppSync extends AppSyncStoreContract {
        @Override
        protected Tenant tenant() {
            return new SqliteTenant(directory);
        }
    }

    @Nested
    class Protocol extends ProtocolStoreContract {
        @Override
        protected Tenant tenant() {
            return new SqliteTenant(directory);
        }
    }

    @Nested
    class Ledger extends LedgerContract {
        @Override
        protected Tenant tenant() {
            return new SqliteTenant(directory);
        }
    }

    @Nested
    class Writing extends WritingContract {
        @Override
        protected Tenant tenant() {
            return new SqliteTenant(directory);
        }
    }

    @Nested
    class Control extends ControlStoreContract {
        @Override
        protected Tenant tenant() {
            return new SqliteTenant(directory);
        }
    }
}
