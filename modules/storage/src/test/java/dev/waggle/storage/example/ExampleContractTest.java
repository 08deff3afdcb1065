package dev.waggle.storage.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.contract.AppSyncStoreContract;
import dev.waggle.storage.contract.ControlStoreContract;
import dev.waggle.storage.contract.LedgerContract;
import dev.waggle.storage.contract.PoisonedValues;
import dev.waggle.storage.contract.ProtocolStoreContract;
import dev.waggle.storage.contract.SignalStoreContract;
import dev.waggle.storage.contract.Tenant;
import dev.waggle.storage.contract.WritingContract;
import dev.waggle.storage.keyvalue.KeyValueProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A backend from outside against the whole contract. Copy this file to test yours; `docs/backends.md` tells the
/// rest.
class ExampleContractTest {
    private static final int LINES_MAX = 300;

    @TempDir
    Path directory;

    private final class ExampleTenant implements Tenant {
        private final PoisonedValues values = new PoisonedValues(new FileValues(directory.resolve("example.log")));
        private final BackendProvider provider = new KeyValueProvider(values);

        @Override
        public BackendProvider provider() {
            return provider;
        }

        @Override
        public boolean poison(DeviceAddress address) {
            return values.poison(address);
        }

        @Override
        public void close() {
            provider.close();
        }
    }

    @Test
    void the_whole_example_is_shorter_than_300_lines() throws IOException {
        int lines = 0;
        try (Stream<Path> sources = Files.list(Path.of("src/test/java/dev/waggle/storage/example"))) {
            for (Path source : sources.filter(file -> !file.toString().endsWith("Test.java"))
                    .toList()) {
                lines += Files.readAllLines(source).size();
            }
        }
        assertThat(lines).isBetween(100, LINES_MAX - 1);
    }

    @Test
    void what_was_answered_is_there_after_a_crash_and_a_step_that_was_cut_off_never_happened() throws IOException {
        DeviceAddress alice = new DeviceAddress("1_1", 0);
        StorageSettings settings = StorageSettings.in(directory);
        try (BackendProvider provider = new ExampleDriver().start(settings)) {
            Backend backend =
                    provider.open(new AccountId("a")).toCompletableFuture().join();
            backend.putSession(alice, Bytes.utf8("one")).toCompletableFuture().join();
            backend.putSession(alice, Bytes.utf8("two")).toCompletableFuture().join();
        }
        Path log = directory.resolve("example.log");
        try (var channel = java.nio.channels.FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(log) - 1);
        }
        try (BackendProvider provider = new ExampleDriver().start(settings)) {
            Backend backend =
                    provider.open(new AccountId("a")).toCompletableFuture().join();
            assertThat(backend.loadSession(alice).toCompletableFuture().join()).contains(Bytes.utf8("one"));
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
